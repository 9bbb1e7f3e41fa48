import { z } from 'zod';
import { maySee, wholeNation, type Scope } from '#lib/access/scope.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { isActive, type Unit } from '#lib/catalogue/unit.ts';
import { nationalRatio, overdispersion, volume, type Volume } from '#lib/measures/volume.ts';
import { monthNumber, yearOf } from '#lib/period/birth-month.ts';
import { duePart, isDue } from '#lib/period/calendar.ts';
import { asTheyEnded, asTheyStood, type Comparison } from '#lib/period/comparison.ts';
import { firstDay, lastDay, type Day } from '#lib/period/day.ts';
import { monthsOf, year, type Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthsOverSpans, held, heldSql, monthSql, type UnitBirths } from './cells.ts';
import { remembered } from './remembered.ts';
import { placesOf, type Level, type Place } from './places.ts';

/**
 * The volume of a unit in the due part of a period. `judged` is that part; null when nothing is due. `onTime`
 * are the births of that part that were received within a month.
 */
export type UnitVolume = {
	unit: string;
	judged: Period | null;
	births: number;
	onTime: number;
	volume: Volume;
};

/**
 * Births of each unit, active or not: in the period, in its due part (in all of it when nothing is due), and
 * in the same months of each earlier year, the nearest first.
 */
export type VolumeSpans = {
	judged: Period | null;
	period: Map<string, UnitBirths>;
	due: Map<string, UnitBirths>;
	earlier: Map<string, UnitBirths>[];
};

/** One month of a unit's year beside earlier years; births null where it has not begun or the unit was not active. */
export type VolumeMonth = {
	month: string;
	births: number | null;
	due: boolean;
	/** The same month of each earlier year, the nearest first; null where the unit was not active. */
	earlier: (number | null)[];
};

const total = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);

/** Births of all units of a span together, or of some. */
export const sumOfSpan = (span: Map<string, UnitBirths> | undefined, units?: ReadonlySet<string>) =>
	total([...(span ?? [])].flatMap(([unit, { births }]) => (!units || units.has(unit) ? births : [])));

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

/** All births that the volumes of a view are made of; the same for every unit, so asked once until something comes. */
export const volumeSpans = (register: Register, view: View): Promise<VolumeSpans> =>
	remembered(register, ['spans', view], () => askVolumeSpans(register, view));

async function askVolumeSpans({ db }: Register, view: View): Promise<VolumeSpans> {
	const judged = duePart(view.period, view.asOf) ?? null;
	const counted = judged ?? view.period;
	const [period, due, ...earlier] = await birthsOverSpans(db, [
		{ period: view.period, asOf: view.asOf },
		{ period: counted, asOf: view.asOf },
		...comparisons(counted, view)
	]);
	return { judged, period: period ?? new Map(), due: due ?? new Map(), earlier };
}

/**
 * The volume of every place that was active in the period, held against earlier years scaled by the nation
 * without it, as far as the period is due. A place that was active in a part of it only is held against
 * nothing. Only places within the scope are answered for; all are counted.
 */
export async function volumes(
	scope: Scope,
	register: Register,
	view: View,
	level: Level = 'unit'
): Promise<UnitVolume[]> {
	const all = await remembered(register, ['volumes', view, level], () => askVolumes(register, view, level));
	const visible = new Set(placesOf(scope, register.definition, level).map(({ id }) => id));
	return all.filter(({ unit }) => visible.has(unit));
}

async function askVolumes(register: Register, view: View, level: Level): Promise<UnitVolume[]> {
	const { definition } = register;
	const { judged, period, due, earlier } = await volumeSpans(register, view);
	const earlierYears = judged ? comparisons(judged, view) : [];
	const nation = { now: sumOfSpan(due), earlier: earlier.map((span) => sumOfSpan(span)) };

	const countsOf = ({ units }: Place) => {
		const sum = (span: Map<string, UnitBirths> | undefined) =>
			total(units.map((u) => span?.get(u.id)?.births ?? 0));
		const comparable = judged !== null && units.some((u) => activeThroughout(u, judged));
		// A year counts when the place delivered all through it, and anything is known of it at all.
		const usable = earlierYears.flatMap((c, index) =>
			comparable && units.some((u) => activeThroughout(u, c.period)) && (nation.earlier[index] ?? 0) > 0
				? [index]
				: []
		);
		const own = usable.map((index) => sum(earlier[index]));
		const observed = sum(due);
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
	return placesOf(wholeNation, definition, level)
		.filter((place) => place.units.some((u) => activeIn(u, view.period)))
		.map((place) => ({
			unit: place.id,
			judged,
			births: total(place.units.map((u) => period.get(u.id)?.births ?? 0)),
			onTime: total(place.units.map((u) => due.get(u.id)?.onTime ?? 0)),
			volume: volume(judged ? countsOf(place) : { observed: 0, earlier: [] }, dispersion)
		}));
}

/**
 * How many births a unit usually has in one of the judged months: what earlier years lead us to expect, or
 * for a unit that has none, as many as the definition says of its year.
 */
export function usualMonthly(unit: Unit, { judged, volume: { expected } }: UnitVolume): number {
	return judged && expected ? expected / monthsOf(judged).length : unit.births_per_year / 12;
}

const monthOfBirths = z.object({ month: z.string(), births: z.int() });

/**
 * The months of the year in which a period ends, for one unit, some units or (without either) the nation:
 * births so far, and the same months of earlier years as they ended. Undefined where any of it is outside the scope.
 */
export async function volumeMonths(
	scope: Scope,
	register: Register,
	q: { unit?: string; units?: readonly string[]; period: Period; asOf: Day; years: number }
): Promise<VolumeMonth[] | undefined> {
	const { db, definition } = register;
	const { unit, period, asOf, years } = q;
	const asked = unit === undefined ? q.units : [unit];
	if (asked ? !asked.every((each) => maySee(scope, each)) : scope.units !== 'all') return undefined;
	const current = yearOf(period.to);
	const wanted = { from: year(current - years).from, to: year(current).to };
	const found = await db.rows(
		monthOfBirths,
		`select ${monthSql()} as month, sum(births)::integer as births from cube_birth
		where ${heldSql} ${asked ? `and unit in (${asked.map(literal).join(', ')})` : ''}
		group by birth_month order by birth_month`,
		held(wanted, asOf)
	);
	const births = new Map(found.map((row) => [row.month, row.births]));
	const known = unit === undefined ? undefined : definition.unitById.get(unit);
	const firstKnown = found[0]?.month;
	return Array.from({ length: 12 }, (_, index) => {
		const month = `${current}-${String(index + 1).padStart(2, '0')}`;
		const begun = firstDay(month) <= asOf;
		const delivers = !known || activeIn(known, { from: month, to: month });
		return {
			month,
			births: births.get(month) ?? (begun && delivers ? 0 : null),
			due: isDue(month, asOf),
			earlier: Array.from({ length: years }, (_n, back) => {
				const same = `${current - back - 1}-${String(monthNumber(month)).padStart(2, '0')}`;
				const active = !known || activeThroughout(known, { from: same, to: same });
				return active && firstKnown !== undefined && same >= firstKnown ? (births.get(same) ?? 0) : null;
			})
		};
	});
}
