import { addDays, type Day } from '#lib/period/day.ts';
import type { Unit } from './unit.ts';

/** Whether a unit delivers on a day: `since` when, or until when not. */
export type UnitStatus =
	| { kind: 'active'; since: Day }
	| { kind: 'paused'; last: Day; next: Day }
	| { kind: 'closed'; last: Day }
	| { kind: 'notOpen'; next: Day };

/** How a unit stands on a day, by its active periods. */
export function unitStatus(unit: Unit, day: Day): UnitStatus {
	const begun = unit.active.filter((period) => period.from <= day);
	const next = unit.active.find((period) => period.from > day);
	const current = begun.at(-1);
	if (!current) return { kind: 'notOpen', next: next?.from ?? day };
	if (current.to === undefined || current.to >= day) return { kind: 'active', since: current.from };
	return next ? { kind: 'paused', last: current.to, next: next.from } : { kind: 'closed', last: current.to };
}

/** The days between a unit's active periods, first and last day of each pause. */
export function pauses(unit: Unit): { first: Day; last: Day }[] {
	return unit.active.flatMap((period, at) => {
		const next = unit.active[at + 1];
		return period.to !== undefined && next
			? [{ first: addDays(period.to, 1), last: addDays(next.from, -1) }]
			: [];
	});
}
