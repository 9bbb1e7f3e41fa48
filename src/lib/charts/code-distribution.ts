import * as Plot from '@observablehq/plot';
import { formatCount, formatShare } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import {
	counted,
	fontSize,
	framed,
	named,
	niceAbove,
	textWidth,
	type ChartOptions,
	type ChartTable
} from './chart.ts';

/** One answer: how many births have it, and its share in the unit and in the nation. */
export type CodeRow = { code: string; label: string; n: number; share: number | null; nation: number | null };

export type CodeOptions = ChartOptions & { names: { own: string; nation: string } };

const rowHeight = 30;

/** How answers are distributed: a bar for the unit, an upright mark where the nation lies. */
export function codeDistribution(rows: readonly CodeRow[], options: CodeOptions): Element {
	const { locale, palette, plot, width } = framed(options);
	const { names } = options;
	const compared = names.nation !== names.own && rows.some(({ nation }) => nation !== null);
	const height = options.height ?? rows.length * rowHeight + (compared ? 26 : 8);
	const top = compared ? 22 : 4;
	const longest = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
	const left = Math.min(width * 0.42, longest + 14);
	const max = Math.min(
		1,
		niceAbove(Math.max(0.01, ...rows.flatMap(({ share, nation }) => [share ?? 0, nation ?? 0])))
	);
	const written = (share: number | null) => (share === null ? '–' : formatShare(share, locale));
	const right = Math.max(...rows.map(({ share }) => textWidth(written(share))), 40) + 14;
	const most = rows.toSorted((a, b) => (b.nation ?? 0) - (a.nation ?? 0)).slice(0, 1);

	return Plot.plot({
		...plot,
		height,
		marginTop: top,
		marginBottom: 4,
		marginLeft: left,
		marginRight: right,
		x: { axis: null, domain: [0, max] },
		y: { type: 'band', domain: rows.map(({ code }) => code), padding: 0.35 },
		marks: [
			Plot.axisY({
				label: null,
				tickSize: 0,
				tickPadding: 10,
				fontSize,
				fill: palette.ink,
				lineWidth: (left - 10) / fontSize,
				textOverflow: 'ellipsis',
				tickFormat: (code: string) => rows.find((row) => row.code === code)?.label ?? code
			}),
			Plot.barX(rows, { y: 'code', x: 'share', fill: palette.accent }),
			Plot.ruleX([0], { stroke: palette.soft }),
			...(compared
				? [
						Plot.tickX(rows, { y: 'code', x: 'nation', stroke: palette.ground, strokeWidth: 5 }),
						Plot.tickX(rows, { y: 'code', x: 'nation', stroke: palette.ink, strokeWidth: 2.5, inset: -3 }),
						Plot.text(most, {
							frameAnchor: 'top',
							x: 'nation',
							text: () => names.nation,
							dy: -16,
							textAnchor: (most[0]?.nation ?? 0) > max * 0.85 ? 'end' : 'middle',
							fontSize,
							fill: palette.ink
						})
					]
				: []),
			Plot.text(rows, {
				y: 'code',
				frameAnchor: 'right',
				text: (row: CodeRow) => written(row.share),
				textAnchor: 'end',
				dx: right,
				fontSize,
				fontWeight: 600,
				fill: palette.accent,
				fontVariant: 'tabular-nums'
			})
		]
	}) as Element;
}

/** The numbers of `codeDistribution`. */
export function codeDistributionTable(rows: readonly CodeRow[], { locale, names }: CodeOptions): ChartTable {
	const share = (value: number) => formatShare(value, locale);
	const both = names.nation !== names.own;
	return {
		columns: [
			{ label: m.chart_value({}, { locale }), numeric: false },
			{ label: m.chart_births({}, { locale }), numeric: true },
			{ label: names.own, numeric: true },
			...(both ? [{ label: names.nation, numeric: true }] : [])
		],
		rows: rows.map(({ label, n, share: own, nation }) => [
			named(label),
			counted(n, (value) => formatCount(value, locale)),
			counted(own, share),
			...(both ? [counted(nation, share)] : [])
		])
	};
}
