import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';

/** What figures are pooled to. */
export const levels = ['unit', 'region', 'nation'] as const;
export type Level = (typeof levels)[number];

/** A unit, a region's units, or all of them. `id` is the unit's, the region's name, or the register's. */
export type Place = { id: string; units: readonly Unit[] };

/** The places of a level that a person may see whole: a region with one unit out of scope is left out. */
export function placesOf(scope: Scope, { units, register }: Definition, level: Level): Place[] {
	const groups = new Map<string, Unit[]>();
	for (const unit of units) {
		const id = level === 'unit' ? unit.id : level === 'region' ? unit.region : register.id;
		groups.set(id, [...(groups.get(id) ?? []), unit]);
	}
	return [...groups]
		.map(([id, members]) => ({ id, units: members }))
		.filter((place) => place.units.every((u) => maySee(scope, u.id)));
}
