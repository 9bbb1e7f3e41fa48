import * as Plot from '@observablehq/plot';
import { formatBirthMonth, monthShortName } from '#lib/format/days.ts';
import { formatCount, formatNumber } from '#lib/format/numbers.ts';
import { monthNumber, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import {
	apart,
	counted,
	fontSize,
	framed,
	named as label,
	niceAbove,
	niceBelow,
	textWidth,
	type ChartOptions,
	type ChartTable
} from './chart.ts';

/**
 * One month of a year beside the same month of earlier years: their least, greatest and mean number of
 * births. Births are null for a month that has not begun; the others where there is no earlier year.
 */
export type VolumeBandRow = {
	month: BirthMonth;
	births: number | null;
	due: boolean;
	low: number | null;
	high: number | null;
	mean: number | null;
};

/** The earlier years of a month, as a band. */
export function bandOf(earlier: readonly (number | null)[]): Pick<VolumeBandRow, 'low' | 'high' | 'mean'> {
	const known = earlier.filter((births) => births !== null);
	if (known.length === 0) return { low: null, high: null, mean: null };
	const mean = known.reduce((sum, births) => sum + births, 0) / known.length;
	return { low: Math.min(...known), high: Math.max(...known), mean };
}

const margin = { top: 28, bottom: 28, left: 46 };

/**
 * Births per month of one year as a line over the band of earlier years with their mean; months of which
 * not all births are due are dotted. `years` is how many earlier years the band is made of.
 */
export function volumeBand(
	rows: readonly VolumeBandRow[],
	options: ChartOptions & { years?: number }
): Element {
	const { locale, palette, plot, width, height = Math.max(220, Math.round(width * 0.4)) } = framed(options);
	const year = yearOf(rows[0]?.month ?? '2000-01');
	const names = { now: String(year), earlier: earlierYears(year, options.years ?? 3) };
	const [low, high] = domainOf(rows);
	const at = (value: number) =>
		margin.top + ((high - value) / (high - low)) * (height - margin.top - margin.bottom);

	const banded = rows.filter((row) => row.mean !== null);
	const begun = rows.filter((row) => row.births !== null);
	const due = begun.filter((row) => row.due);
	const notDue = begun.filter((row) => !row.due);
	// the dotted line goes on from where the drawn one ends
	const dotted = notDue.length ? [...due.slice(-1), ...notDue] : [];
	// the words beside the last point lie where there is room for them
	const late = monthNumber(begun.at(-1)?.month ?? '2000-01') > 9;
	const [before, last] = dotted.slice(-2).map((row) => at(row.births ?? low));
	// words to the left of a line that is nearly level go under it, or over it where there is no room
	const level = late && before !== undefined && last !== undefined && Math.abs(before - last) < 60;
	const aside = !level ? 0 : last + 26 < height - margin.bottom ? 16 : -16;
	const lastBand = banded.at(-1);
	const lastDue = due.at(-1);
	const atEdge = lastDue !== undefined && lastDue.month === rows.at(-1)?.month;
	const named = atEdge ? lastDue : farthestFromBand(notDue.length ? due.slice(0, -1) : due);
	const ends = [lastBand?.mean ?? low, lastDue?.births ?? low].map(at);
	const [bandY = 0, nowY = 0] = atEdge && lastBand ? apart(ends) : ends;
	const right = Math.max(lastBand ? textWidth(names.earlier) : 0, atEdge ? textWidth(names.now) : 0, 12) + 12;

	const x = { x: 'month' } as const;
	return Plot.plot({
		...plot,
		height,
		marginTop: margin.top,
		marginBottom: margin.bottom,
		marginLeft: margin.left,
		marginRight: right,
		x: { type: 'point', domain: rows.map((row) => row.month), padding: 0.3 },
		y: { domain: [low, high] },
		marks: [
			Plot.gridY({ ticks: 4, stroke: palette.rule, strokeOpacity: 1 }),
			Plot.areaY(banded, { ...x, y1: 'low', y2: 'high', fill: palette.band }),
			Plot.lineY(banded, { ...x, y: 'mean', stroke: palette.earlier, strokeWidth: 1.25 }),
			...(low === 0 ? [Plot.ruleY([0], { stroke: palette.soft })] : []),
			Plot.axisX(tickMonths(rows, width), {
				label: null,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				tickFormat: (month: string) => monthShortName(monthNumber(month), locale)
			}),
			Plot.axisY({
				ticks: 4,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				label: m.chart_births_a_month({}, { locale }),
				labelArrow: 'none',
				tickFormat: (births: number) => formatCount(births, locale)
			}),
			Plot.lineY(dotted, {
				...x,
				y: 'births',
				stroke: palette.accent,
				strokeWidth: 2.25,
				strokeDasharray: '1 5',
				strokeLinecap: 'round'
			}),
			Plot.lineY(due, {
				...x,
				y: 'births',
				stroke: palette.accent,
				strokeWidth: 2.5,
				strokeLinejoin: 'round'
			}),
			Plot.dot(due, { ...x, y: 'births', r: 3, fill: palette.accent }),
			Plot.dot(notDue, {
				...x,
				y: 'births',
				r: 3,
				fill: palette.ground,
				stroke: palette.accent,
				strokeWidth: 1.5
			}),
			...(lastBand
				? [
						Plot.text([lastBand], {
							...x,
							y: 'mean',
							text: () => names.earlier,
							dx: 12,
							dy: bandY - at(lastBand.mean ?? 0),
							textAnchor: 'start',
							fontSize,
							fill: palette.earlier
						})
					]
				: []),
			...(named
				? [
						Plot.text([named], {
							...x,
							y: 'births',
							text: () => names.now,
							dx: atEdge ? 12 : 0,
							dy: atEdge ? nowY - at(named.births ?? 0) : nowLabelShift(named),
							textAnchor: atEdge ? 'start' : 'middle',
							fontSize,
							fontWeight: 600,
							fill: palette.accent,
							stroke: palette.ground,
							strokeWidth: 3
						})
					]
				: []),
			...(notDue.length
				? [
						Plot.text(notDue.slice(-1), {
							...x,
							y: 'births',
							text: () => m.chart_still_coming({}, { locale }),
							dx: late ? (level ? 6 : -10) : 10,
							dy: aside,
							textAnchor: late ? 'end' : 'start',
							fontSize,
							fill: palette.accent,
							stroke: palette.ground,
							strokeWidth: 3
						})
					]
				: [])
		]
	}) as Element;
}

/**
 * From 0, unless all months are so alike that the band would be a line: then from a round number below them.
 * The first months of what still comes in are as low as they like.
 */
function domainOf(rows: readonly VolumeBandRow[]): [number, number] {
	const values = rows.flatMap((row) => [row.births, row.low, row.high]).filter((value) => value !== null);
	const most = Math.max(1, ...values);
	const least = Math.min(most, ...values);
	if (least < most * 0.6 || most < 50) return [0, niceAbove(most)];
	const low = niceBelow(least - (most - least) * 0.4, most - least);
	return [low, low + niceAbove((most - low) * 1.04)];
}

/** On a narrow chart every third month is named. */
function tickMonths(rows: readonly VolumeBandRow[], width: number): string[] {
	const every = width / (rows.length + 2) < 36 ? 3 : 1;
	return rows.map((row) => row.month).filter((month) => (monthNumber(month) - 1) % every === 0);
}

/** The month of which the year's line can be named without touching the band. */
function farthestFromBand(due: readonly VolumeBandRow[]): VolumeBandRow | undefined {
	const distance = ({ births, mean }: VolumeBandRow) => Math.abs((births ?? 0) - (mean ?? 0));
	// a name at a month without births would lie on the axis
	const named = due.filter(({ births }) => births);
	return named.toSorted((a, b) => distance(b) - distance(a))[0];
}

/** The year's name stands on that side of its line where the band is not. */
const nowLabelShift = ({ births, mean }: VolumeBandRow) => ((births ?? 0) >= (mean ?? 0) ? -14 : 16);

const earlierYears = (year: number, years: number) =>
	years === 1 ? String(year - 1) : `${year - years}–${year - 1}`;

/** The numbers of `volumeBand`. */
export function volumeBandTable(rows: readonly VolumeBandRow[], locale: Locale): ChartTable {
	const count = (births: number) => formatCount(births, locale);
	const soFar = (births: number) => m.chart_so_far({ count: count(births) }, { locale });
	return {
		columns: [
			{ label: m.chart_month({}, { locale }), numeric: false },
			{ label: m.chart_births({}, { locale }), numeric: true },
			{ label: m.chart_earlier_mean({}, { locale }), numeric: true },
			{ label: m.chart_earlier_low({}, { locale }), numeric: true },
			{ label: m.chart_earlier_high({}, { locale }), numeric: true }
		],
		rows: rows.map(({ month, births, due, mean, low, high }) => [
			label(formatBirthMonth(month, locale)),
			counted(births, due ? count : soFar),
			counted(mean, (value) => formatNumber(value, locale, 0)),
			counted(low, count),
			counted(high, count)
		])
	};
}
