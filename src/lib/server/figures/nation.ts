import { maySee, type Scope } from '#lib/access/scope.ts';
import { leastUnits } from '#lib/measures/bands.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Period } from '#lib/period/period.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import { pooledByVariable } from './cells.ts';
import { remembered } from './remembered.ts';
import { firstBirthYears } from './span.ts';

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

/**
 * The same where only the number of units is known: as if all of the reader's that have any births at all were among
 * them.
 */
export async function poolableFor(scope: Scope, register: Register): Promise<(units: number) => boolean> {
	if (scope.units === 'all') return () => true;
	const own = (await firstBirthYears(register)).filter(({ unit }) => maySee(scope, unit)).length;
	return (units) => units - own >= leastUnits;
}

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
	const poolable = await poolableFor(scope, register);
	const told = [...all].filter(([, { units }]) => poolable(units));
	return new Map(told.map(([variable, { counts }]) => [variable, counts]));
}
