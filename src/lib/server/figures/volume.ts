import { maySee, wholeNation, type Scope } from '#lib/access/scope.ts';
import { isActive, type Unit } from '#lib/catalogue/unit.ts';
import { nationalRatio, overdispersion, volume, type Volume } from '#lib/measures/volume.ts';
import { monthNumber, yearOf } from '#lib/period/birth-month.ts';
import { duePart, isDue } from '#lib/period/calendar.ts';
import { asTheyEnded, asTheyStood, type Comparison } from '#lib/period/comparison.ts';
import { firstDay, lastDay, type Day } from '#lib/period/day.ts';
import { year, type Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, type BirthCell } from './cells.ts';
import { placesOf, type Level, type Place } from './places.ts';

/** The volume of a unit in the due part of a period. `judged` is that part; null when nothing is due. */
export type UnitVolume = { unit: string; judged: Period | null; births: number; volume: Volume };

/** One month of a unit's year beside earlier years; births null for a month that has not begun. */
export type VolumeMonth = {
	month: string;
	births: number | null;
	due: boolean;
	/** The same month of each earlier year, the nearest first; null where the unit was not active. */
	earlier: (number | null)[];
};

const total = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);

const byUnit = (cells: BirthCell[]) => {
	const sums = new Map<string, number>();
	for (const cell of cells) sums.set(cell.unit, (sums.get(cell.unit) ?? 0) + cell.births);
	return sums;
};

/** Whether a unit delivered through the whole of a period. */
export function activeThroughout(u: Unit, { from, to }: Period): boolean {
	return u.active.some((p) => p.from <= firstDay(from) && (p.to === undefined || p.to >= lastDay(to)));
}

/** Whether a unit delivered on any day of a period. */
export const activeIn = (u: Unit, { from, to }: Period) => isActive(u, firstDay(from), lastDay(to));

/** The earlier years of a view for the given months. */
export function comparisons(period: Period, { asOf, years, basis }: View): Comparison[] {
	return basis === 'ended' ? asTheyEnded(period, asOf, years) : asTheyStood(period, asOf, years);
}

/**
 * The volume of every place that was active in the period, held against earlier years scaled by the nation
 * without it, as far as the period is due. Only places within the scope are answered for; all are counted.
 */
export async function volumes(
	scope: Scope,
	register: Register,
	view: View,
	level: Level = 'unit'
): Promise<UnitVolume[]> {
	const { db, definition } = register;
	const judged = duePart(view.period, view.asOf) ?? null;
	const earlierYears = judged ? comparisons(judged, view) : [];
	const [all, now, ...earlier] = await Promise.all([
		birthCells(db, { period: view.period, asOf: view.asOf }).then(byUnit),
		judged ? birthCells(db, { period: judged, asOf: view.asOf }).then(byUnit) : new Map<string, number>(),
		...earlierYears.map((c) => birthCells(db, c).then(byUnit))
	]);
	const nation = { now: total([...now.values()]), earlier: earlier.map((year) => total([...year.values()])) };

	const countsOf = ({ units }: Place) => {
		const sum = (births: Map<string, number> | undefined) => total(units.map((u) => births?.get(u.id) ?? 0));
		// A year counts when the place delivered all through it, and anything is known of it at all.
		const usable = earlierYears.flatMap((c, index) =>
			units.some((u) => activeThroughout(u, c.period)) && (nation.earlier[index] ?? 0) > 0 ? [index] : []
		);
		const own = usable.map((index) => sum(earlier[index]));
		const observed = sum(now);
		const ratio = usable.length
			? nationalRatio(
					{ now: nation.now, earlierTotal: total(usable.map((index) => nation.earlier[index] ?? 0)) },
					{ now: observed, earlierTotal: total(own) },
					usable.length
				)
			: 1;
		return { observed, earlier: own, ratio };
	};
	const units = placesOf(wholeNation, definition, 'unit').filter(
		(place) => judged && place.units.every((u) => activeThroughout(u, judged))
	);
	const dispersion = level === 'nation' ? 1 : overdispersion(units.map(countsOf));
	return placesOf(scope, definition, level)
		.filter((place) => place.units.some((u) => activeIn(u, view.period)))
		.map((place) => ({
			unit: place.id,
			judged,
			births: total(place.units.map((u) => all.get(u.id) ?? 0)),
			volume: volume(judged ? countsOf(place) : { observed: 0, earlier: [] }, dispersion)
		}));
}

/**
 * The months of the year in which a period ends, for one unit or (without) the nation: births so far, and
 * the same months of earlier years as they ended. Undefined for a unit outside the scope.
 */
export async function volumeMonths(
	scope: Scope,
	register: Register,
	{ unit, period, asOf, years }: { unit?: string; period: Period; asOf: Day; years: number }
): Promise<VolumeMonth[] | undefined> {
	const { db, definition } = register;
	if (unit === undefined ? scope.units !== 'all' : !maySee(scope, unit)) return undefined;
	const current = yearOf(period.to);
	const wanted = { from: year(current - years).from, to: year(current).to };
	const cells = await birthCells(db, { period: wanted, asOf, ...(unit === undefined ? {} : { unit }) });
	const births = new Map<string, number>();
	for (const cell of cells) births.set(cell.month, (births.get(cell.month) ?? 0) + cell.births);
	const known = unit === undefined ? undefined : definition.unitById.get(unit);
	const firstKnown = cells[0]?.month;
	return Array.from({ length: 12 }, (_, index) => {
		const month = `${current}-${String(index + 1).padStart(2, '0')}`;
		const begun = firstDay(month) <= asOf;
		return {
			month,
			births: begun ? (births.get(month) ?? 0) : null,
			due: isDue(month, asOf),
			earlier: Array.from({ length: years }, (_n, back) => {
				const same = `${current - back - 1}-${String(monthNumber(month)).padStart(2, '0')}`;
				const active = !known || activeThroughout(known, { from: same, to: same });
				return active && firstKnown !== undefined && same >= firstKnown ? (births.get(same) ?? 0) : null;
			})
		};
	});
}
