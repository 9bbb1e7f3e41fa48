import { maySee, type Scope } from '#lib/access/scope.ts';
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

const sumOf = (cells: BirthCell[]) => cells.reduce((sum, cell) => sum + cell.births, 0);

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
 * The volume of every unit that was active in the period, held against earlier years scaled by the nation
 * without the unit, as far as the period is due. Only units of the scope are answered for; all are counted.
 */
export async function volumes(scope: Scope, register: Register, view: View): Promise<UnitVolume[]> {
	const { db, definition } = register;
	const judged = duePart(view.period, view.asOf);
	const visible = definition.units.filter((u) => maySee(scope, u.id) && activeIn(u, view.period));
	const all = byUnit(await birthCells(db, { period: view.period, asOf: view.asOf }));
	if (!judged)
		return visible.map((u) => ({
			unit: u.id,
			judged: null,
			births: all.get(u.id) ?? 0,
			volume: volume({ observed: all.get(u.id) ?? 0, earlier: [] })
		}));
	const earlierYears = comparisons(judged, view);
	const [nowCells, ...earlierCells] = await Promise.all([
		birthCells(db, { period: judged, asOf: view.asOf }),
		...earlierYears.map((c) => birthCells(db, c))
	]);
	const now = byUnit(nowCells ?? []);
	const earlier = earlierCells.map(byUnit);
	const nation = { now: sumOf(nowCells ?? []), years: earlierCells.map(sumOf) };

	const counts = definition.units.map((u) => {
		// A year counts for a unit that delivered all through it, and for the nation when anything is known of it.
		const usable = earlierYears.flatMap((c, index) =>
			activeThroughout(u, c.period) && (nation.years[index] ?? 0) > 0 ? [index] : []
		);
		const own = usable.map((index) => earlier[index]?.get(u.id) ?? 0);
		const observed = now.get(u.id) ?? 0;
		const total = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);
		const ratio = nationalRatio(
			{ now: nation.now, earlierTotal: total(usable.map((index) => nation.years[index] ?? 0)) },
			{ now: observed, earlierTotal: total(own) },
			usable.length
		);
		return { unit: u, observed, earlier: own, ratio: usable.length ? ratio : 1 };
	});
	const dispersion = overdispersion(counts.filter((c) => activeThroughout(c.unit, judged)));
	return counts
		.filter((c) => visible.includes(c.unit))
		.map(({ unit, ...c }) => ({
			unit: unit.id,
			judged,
			births: all.get(unit.id) ?? 0,
			volume: volume(c, dispersion)
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
