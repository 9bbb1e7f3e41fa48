import type { Unit } from '#lib/catalogue/unit.ts';
import type { Account } from './role.ts';

declare const scoped: unique symbol;

/**
 * Whose exact figures a person may see. Every question to the figures takes one first, so that none can be asked
 * without; only the functions here make one.
 */
export type Scope = Readonly<{ units: 'all' | ReadonlySet<string>; [scoped]: true }>;

const scope = (units: Scope['units']) => ({ units }) as Scope;

/** The register's own people, and its commands: every unit. */
export const wholeNation: Scope = scope('all');

/** Somebody who may see these units. */
export const scopeOfUnits = (units: Iterable<string>): Scope => scope(new Set(units));

/** The units whose exact figures a person may see, of those that there are. */
export function scopeOf({ role, units, regions }: Account, all: readonly Unit[]): Scope {
	if (role === 'statistician' || role === 'administrator') return wholeNation;
	const own = all.filter(({ id, region }) =>
		role === 'coordinator' ? regions.includes(region) : units.includes(id)
	);
	return scopeOfUnits(own.map(({ id }) => id));
}

/** Whether the person may see this unit's exact figures. */
export const maySee = ({ units }: Scope, unit: string) => units === 'all' || units.has(unit);
