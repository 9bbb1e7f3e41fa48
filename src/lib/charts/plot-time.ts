import { formatDayShort, monthShortName } from '#lib/format/days.ts';
import { monthNumber } from '#lib/period/birth-month.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { PlotFormat } from '#lib/notebook/plot-spec.ts';
import { dayOf } from './plot-columns.ts';
import { writeValue } from './plot-write.ts';

const day = 864e5;
const month = 30.44 * day;
const steps: { unit: 'day' | 'month' | 'year'; every: number; length: number }[] = [
	...[1, 2, 7, 14].map((every) => ({ unit: 'day' as const, every, length: every * day })),
	...[1, 2, 3, 6].map((every) => ({ unit: 'month' as const, every, length: every * month })),
	...[1, 2, 5, 10, 20, 50].map((every) => ({ unit: 'year' as const, every, length: every * 12 * month }))
];

/** `areMonths`: every day is the first of its month, and stands for it. `given`: the writer's own ticks. */
type TimeOptions = { format?: PlotFormat; given?: readonly number[]; areMonths: boolean };

/**
 * The ticks of a span of time: days, months or years, about `count` of them. A month has its year under it where
 * the year begins and at the first tick.
 */
export function timeTicks(
	low: number,
	high: number,
	count: number,
	locale: Locale,
	{ format, given, areMonths }: TimeOptions
): { at: number; text: string }[] {
	const range = high - low;
	const step = steps.find(
		({ unit, length }) => range / length <= count && !(areMonths && unit === 'day')
	) ?? {
		unit: 'year' as const,
		every: 100,
		length: 1
	};
	const places = given ? [...given] : placesOf(step, low, high);
	// a span of a few days without a whole step in it
	const ticks = places.length > 0 || given ? places : [low];
	return ticks.map((at, index) => {
		const name = dayOf(at);
		if (format) return { at, text: writeValue(name, { locale, format }) };
		if (given) return { at, text: writeValue(name, { locale }) };
		const year = name.slice(0, 4);
		const isNew = index === 0 || dayOf(ticks[index - 1] ?? at).slice(0, 4) !== year;
		if (step.unit === 'year') return { at, text: year };
		const text =
			step.unit === 'month'
				? monthShortName(monthNumber(name.slice(0, 7)), locale)
				: formatDayShort(name, locale);
		return { at, text: isNew ? `${text}\n${year}` : text };
	});
}

function placesOf({ unit, every }: (typeof steps)[number], low: number, high: number): number[] {
	const found: number[] = [];
	const first = new Date(low);
	const [year, monthAt] = [first.getUTCFullYear(), first.getUTCMonth()];
	for (let count = 0; count < 400; count++) {
		const at =
			unit === 'day'
				? Math.ceil(low / day) * day + count * every * day
				: unit === 'month'
					? Date.UTC(year, Math.floor(monthAt / every) * every + count * every, 1)
					: Date.UTC(Math.floor(year / every) * every + count * every, 0, 1);
		if (!(at <= high)) break;
		if (at >= low) found.push(at);
	}
	return found;
}
