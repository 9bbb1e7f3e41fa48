import * as Plot from '@observablehq/plot';
import { formatCount } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import { counted, fontSize, framed, named, niceAbove, type ChartOptions, type ChartTable } from './chart.ts';

/** How many births were first received so many days after the birth. */
export type DaysRow = { value: number; n: number };

/** From this day on a birth is late whatever its month: the calendar's month has 28 to 31 days. */
const late = 32;
/** What came later than this is one bar. */
const last = 90;
/** Days a bar holds. */
const step = 2;

export type DaysOptions = ChartOptions & { median?: number | null };

/** After how many days births came in: bars of two days, those after a month in the colour of "look here". */
export function receiptDays(rows: readonly DaysRow[], options: DaysOptions): Element {
	const { locale, palette, plot, width, height = Math.max(170, Math.round(width * 0.26)) } = framed(options);
	const { median = null } = options;
	const bars = binned(rows);
	const max = niceAbove(Math.max(1, ...bars.map(({ n }) => n)));
	const ticks = [0, 15, 30, 45, 60, 75, 90];
	const mark = { frameAnchor: 'top', fontSize, dy: -16 } as const;

	return Plot.plot({
		...plot,
		height,
		marginTop: 26,
		marginBottom: 44,
		marginLeft: 46,
		marginRight: 16,
		x: { domain: [0, last + 2 * step], label: null },
		y: { domain: [0, max] },
		marks: [
			Plot.gridY({ ticks: 3, stroke: palette.rule, strokeOpacity: 1 }),
			Plot.axisX(ticks, {
				label: m.chart_days_to_receipt({}, { locale }),
				labelAnchor: 'center',
				labelArrow: 'none',
				labelOffset: 40,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				tickFormat: (days: number) => (days === last ? `${days}+` : String(days))
			}),
			Plot.axisY({
				ticks: 3,
				label: null,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				tickFormat: (births: number) => formatCount(births, locale)
			}),
			Plot.rectY(bars, {
				x1: 'from',
				x2: (bar: Bar) => bar.from + step,
				y: 'n',
				fill: (bar: Bar) => (bar.from >= late ? palette.attention : palette.accent),
				inset: 0.75
			}),
			Plot.ruleY([0], { stroke: palette.soft }),
			Plot.ruleX([late], { stroke: palette.ink, strokeDasharray: '2 4' }),
			Plot.text([late], {
				...mark,
				x: (days: number) => days,
				text: () => m.chart_one_month({}, { locale }),
				fill: palette.ink,
				textAnchor: 'start',
				dx: -2
			}),
			...(median === null || median > late - 6
				? []
				: [
						Plot.ruleX([median], { stroke: palette.accent }),
						Plot.text([median], {
							...mark,
							x: (days: number) => days,
							text: () => m.chart_half_by({ days: median }, { locale }),
							fill: palette.accent,
							fontWeight: 600,
							textAnchor: median < 12 ? 'start' : 'end',
							dx: median < 12 ? -2 : 2
						})
					])
		],
		color: { type: 'identity' }
	}) as Element;
}

type Bar = { from: number; n: number };

/** Bars of `step` days; the last holds all that came later, and births received before they happened none. */
function binned(rows: readonly DaysRow[]): Bar[] {
	const bars = Array.from({ length: last / step + 1 }, (_, index) => ({ from: index * step, n: 0 }));
	for (const { value, n } of rows) {
		const bar = bars[Math.min(bars.length - 1, Math.max(0, Math.floor(value / step)))];
		if (bar) bar.n += n;
	}
	return bars;
}

/** The numbers of `receiptDays`, by weeks. */
export function receiptDaysTable(rows: readonly DaysRow[], locale: Locale): ChartTable {
	const weeks = Array.from({ length: 14 }, (_, index) => ({ from: index * 7, n: 0 }));
	for (const { value, n } of rows) {
		const week = weeks[Math.min(weeks.length - 1, Math.max(0, Math.floor(value / 7)))];
		if (week) week.n += n;
	}
	return {
		columns: [
			{ label: m.chart_days_to_receipt({}, { locale }), numeric: false },
			{ label: m.chart_births({}, { locale }), numeric: true }
		],
		rows: weeks.map(({ from, n }, index) => [
			named(
				index === weeks.length - 1 ? m.chart_and_later({ days: from }, { locale }) : `${from}–${from + 6}`
			),
			counted(n, (value) => formatCount(value, locale))
		])
	};
}
