import * as Plot from '@observablehq/plot';
import { formatBirthMonth, monthShortName, periodName } from '#lib/format/days.ts';
import { formatShare } from '#lib/format/numbers.ts';
import { addMonths, monthNumber, monthsBetween, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import {
	apart,
	counted,
	fontSize,
	framed,
	named,
	niceAbove,
	textWidth,
	type ChartOptions,
	type ChartTable
} from './chart.ts';

/** The share of one month or quarter (named by its first month), of the unit and of the nation; null = no data. */
export type TrendRow = { month: BirthMonth; share: number | null; nation: number | null };

export type TrendOptions = ChartOptions & {
	/** How the lines are called: the unit, and the whole it is compared with. */
	names: { own: string; nation: string };
	/** The share that is asked for. */
	target?: number | null;
	/** True for a share that is good or bad at any height, such as how often a box is ticked. */
	fromZero?: boolean;
};

const margin = { top: 20, bottom: 28, left: 50 };

/** How a share has moved over months or quarters, beside the nation's; a gap is a time without data. */
export function completenessTrend(rows: readonly TrendRow[], options: TrendOptions): Element {
	const { locale, palette, plot, width, height = Math.max(200, Math.round(width * 0.36)) } = framed(options);
	const { names, target = null, fromZero = false } = options;
	const shares = rows.flatMap(({ share, nation }) => [share, nation]).filter((share) => share !== null);
	const [low, high] = domainOf(target === null ? shares : [...shares, target], fromZero);
	const at = (share: number) =>
		margin.top + (1 - (share - low) / (high - low)) * (height - margin.top - margin.bottom);

	const lastOwn = rows.findLast(({ share }) => share !== null);
	const lastNation = rows.findLast(({ nation }) => nation !== null);
	const hasNation = lastNation !== undefined && names.nation !== names.own;
	const [ownY = 0, nationY = 0] = apart([at(lastOwn?.share ?? 0), at(lastNation?.nation ?? 0)]);
	const shown = hasNation ? [names.own, names.nation] : [names.own];
	const right = Math.min(width * 0.32, Math.max(...shown.map(textWidth)) + 14);
	const ends = { x: () => rows.at(-1)?.month, dx: 12, textAnchor: 'start', fontSize } as const;
	const x = { x: 'month' } as const;
	const decimals = high - low < 0.02 ? 1 : 0;

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
			...(low === 0 ? [Plot.ruleY([0], { stroke: palette.soft })] : []),
			Plot.axisX(tickMonths(rows), {
				label: null,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				tickFormat: (month: string) => tickName(month, rows, locale)
			}),
			Plot.axisY({
				ticks: 4,
				tickSize: 0,
				tickPadding: 8,
				label: null,
				fill: palette.soft,
				fontSize,
				tickFormat: (share: number) => formatShare(share, locale, decimals)
			}),
			...(target === null
				? []
				: [
						Plot.ruleY([target], { stroke: palette.ink, strokeDasharray: '2 4', strokeWidth: 1 }),
						Plot.text([target], {
							y: (share: number) => share,
							frameAnchor: 'left',
							text: () => m.chart_target({ share: formatShare(target, locale, 0) }, { locale }),
							textAnchor: 'start',
							dx: 4,
							dy: target > (low + high) / 2 ? 11 : -9,
							fontSize,
							fill: palette.ink,
							stroke: palette.ground,
							strokeWidth: 3
						})
					]),
			...(hasNation
				? [
						Plot.lineY(rows, { ...x, y: 'nation', stroke: palette.earlier, strokeWidth: 1.5 }),
						Plot.text([lastNation], {
							...ends,
							y: 'nation',
							text: () => names.nation,
							dy: nationY - at(lastNation.nation ?? 0),
							fill: palette.earlier
						})
					]
				: []),
			Plot.lineY(rows, {
				...x,
				y: 'share',
				stroke: palette.accent,
				strokeWidth: 2.5,
				strokeLinejoin: 'round'
			}),
			// a point on its own between two gaps is no line
			Plot.dot(rows, { ...x, y: 'share', r: 2.75, fill: palette.accent }),
			...(lastOwn
				? [
						Plot.text([lastOwn], {
							...ends,
							y: 'share',
							text: () => names.own,
							dy: hasNation ? ownY - at(lastOwn.share ?? 0) : 0,
							fontWeight: 600,
							fill: palette.accent
						})
					]
				: [])
		]
	}) as Element;
}

/** From a round share under all of them to 1; a share that is no duty from 0 to a round one above. */
function domainOf(shares: readonly number[], fromZero: boolean): [number, number] {
	if (fromZero) return [0, Math.min(1, niceAbove(Math.max(...shares, 0.01)))];
	const least = Math.min(...shares, 1);
	const low =
		[0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.2].find((round) => least >= round + (1 - round) * 0.1) ?? 0;
	return [low, Math.max(1, ...shares)];
}

const isQuarterly = (rows: readonly TrendRow[]) =>
	monthsBetween(rows[0]?.month ?? '2000-01', rows[1]?.month ?? '2000-02') === 3;

/** Every month of one year or less; else the beginnings of years. */
function tickMonths(rows: readonly TrendRow[]): string[] {
	const months = rows.map((row) => row.month);
	return months.length <= 12 && !isQuarterly(rows)
		? months
		: months.filter((month) => monthNumber(month) === 1);
}

function tickName(month: BirthMonth, rows: readonly TrendRow[], locale: Locale): string {
	return rows.length <= 12 && !isQuarterly(rows)
		? monthShortName(monthNumber(month), locale)
		: String(yearOf(month));
}

/** The numbers of `completenessTrend`. */
export function completenessTrendTable(
	rows: readonly TrendRow[],
	{ locale, names }: TrendOptions
): ChartTable {
	const quarterly = isQuarterly(rows);
	const share = (value: number) => formatShare(value, locale);
	const both = names.nation !== names.own;
	return {
		columns: [
			{ label: quarterly ? m.chart_quarter({}, { locale }) : m.chart_month({}, { locale }), numeric: false },
			{ label: names.own, numeric: true },
			...(both ? [{ label: names.nation, numeric: true }] : [])
		],
		rows: rows.map(({ month, share: own, nation }) => [
			named(
				quarterly
					? periodName({ from: month, to: addMonths(month, 2) }, locale)
					: formatBirthMonth(month, locale)
			),
			counted(own, share),
			...(both ? [counted(nation, share)] : [])
		])
	};
}
