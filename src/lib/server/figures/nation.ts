import type { Scope } from '#lib/access/scope.ts';
import { leastUnits } from '#lib/measures/bands.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Period } from '#lib/period/period.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import { pooledByVariable } from './cells.ts';
import { remembered } from './remembered.ts';

/**
 * Whether what these units have together may be told to somebody: with fewer than five besides the reader's own,
 * who takes the own numbers off is left with those of a few others.
 */
export function mayPool({ units: own }: Scope, units: Iterable<string>): boolean {
	if (own === 'all') return true;
	const others = new Set(units);
	for (const unit of own) others.delete(unit);
	return others.size >= leastUnits;
}

/** The same where only the number of units is known: as if all of the reader's were among them. */
export const mayPoolSoMany = ({ units: own }: Scope, units: number): boolean =>
	own === 'all' || units - own.size >= leastUnits;

/**
 * The nation's counts of every variable in a period, as known on a day: of those that apply to births of so many
 * units that no single one is given away.
 */
export async function nationCounts(
	scope: Scope,
	register: Register,
	q: { period: Period; asOf: Day }
): Promise<Map<string, Counts>> {
	const all = await remembered(register, ['nation', q.period, q.asOf], () =>
		pooledByVariable(register.db, { period: q.period, asOf: q.asOf })
	);
	const told = [...all].filter(([, { units }]) => mayPoolSoMany(scope, units));
	return new Map(told.map(([variable, { counts }]) => [variable, counts]));
}
