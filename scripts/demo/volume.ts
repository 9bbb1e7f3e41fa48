import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { birthMonth } from '#lib/period/birth-month.ts';
import { firstDay, lastDay } from '#lib/period/day.ts';
import { dayNumber, weekday } from './days.ts';
import { stillbirthShare } from './pregnancy.ts';
import { Random } from './random.ts';

/** Births of a day by its month, against the year's mean: most in summer, fewest before Christmas. */
const season = [0.97, 0.99, 1.02, 1.03, 1.03, 1.04, 1.06, 1.04, 1.02, 0.98, 0.93, 0.89];
/** The same by weekday, from Sunday: planned births fall on working days. */
const week = [0.87, 1.03, 1.06, 1.05, 1.05, 1.03, 0.91];

/** Births that a unit expects on each day of a month, the first day first. */
export type Volume = (unit: Unit, year: number, month: number) => Float64Array;

/** The nation's live births of a year; after the last known year, changed on as in the last two. */
export function nationalBirths(d: Definition, year: number): number {
	const known = new Map(d.references.filter((r) => r.unit === '').map((r) => [r.year, r.births]));
	const last = Math.max(...known.keys());
	const births = known.get(Math.min(year, last));
	const before = known.get(last - 1);
	if (births === undefined || before === undefined)
		throw new RangeError(`The definition knows no national births of ${year}.`);
	return year <= last ? births : births * (births / before) ** (year - last);
}

/**
 * Shares out the nation's births over the units that are active, by their usual size (a little other
 * every year), season and weekday.
 */
export function createVolume(d: Definition, seed: number): Volume {
	const size = (unit: Unit, year: number) =>
		unit.births_per_year * Math.exp(new Random(seed, 'size', unit.id, year).normal(0, 0.02));
	const perWeight = new Map<number, number>();
	const factor = (year: number) => {
		const known = perWeight.get(year);
		if (known !== undefined) return known;
		let total = 0;
		for (const unit of d.units)
			for (let month = 1; month <= 12; month++)
				total += size(unit, year) * weights(unit, year, month).reduce((sum, weight) => sum + weight, 0);
		const found = (nationalBirths(d, year) * (1 + stillbirthShare)) / total;
		perWeight.set(year, found);
		return found;
	};
	return (unit, year, month) => {
		const each = factor(year) * size(unit, year);
		return weights(unit, year, month).map((weight) => weight * each);
	};
}

/** Weights of the days of a month; nothing on days when the unit does not deliver. */
function weights(unit: Unit, year: number, month: number): Float64Array {
	const text = birthMonth(year, month);
	const first = dayNumber(firstDay(text));
	const active = unit.active.map(
		({ from, to }) => [dayNumber(from), to === undefined ? Infinity : dayNumber(to)] as const
	);
	return Float64Array.from({ length: dayNumber(lastDay(text)) - first + 1 }, (_, index) => {
		const day = first + index;
		if (!active.some(([from, to]) => day >= from && day <= to)) return 0;
		return (season[month - 1] ?? 1) * (week[weekday(day)] ?? 1);
	});
}

/** The minutes at which deliveries begin in a month, in time order, drawn from what each day expects. */
export function deliveryMinutes(
	expected: Float64Array,
	firstDayNumber: number,
	deliveriesPerBirth: number,
	random: Random
): number[] {
	const minutes: number[] = [];
	expected.forEach((births, index) => {
		const count = random.events(births * deliveriesPerBirth);
		for (let n = 0; n < count; n++) minutes.push((firstDayNumber + index) * 1440 + random.whole(0, 1439));
	});
	return minutes.sort((a, b) => a - b);
}
