import * as Plot from '@observablehq/plot';
import { bandText, bandUnits } from '#lib/format/band-text.ts';
import { formatShare } from '#lib/format/numbers.ts';
import type { Band } from '#lib/measures/bands.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
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
import type { Palette } from './palette.ts';

/** A unit's share. A unit whose name is null is a dot without a name. */
export type StripRow = { unit: string; name: string | null; share: number | null; own: boolean };

export type StripOptions = ChartOptions & {
	target?: number | null;
	/** True for a share that is good or bad at any height, such as how often a box is ticked. */
	fromZero?: boolean;
	/** How many of the lowest units are named beside the own one. */
	namedLowest?: number;
	/** Units that the reader may not know one by one: a bar from edge to edge for so many together. */
	bands?: readonly Band[];
};

const [top, bottom, side] = [26, 34, 24];

/** With bands: the room for the dots under them, and the height of a band with the gap over it. */
const [dotRoom, bandStep, bandHeight] = [52, 22, 13];

type Told = StripRow & { share: number };

/** A dot's place: its column along the strip, and how many dots lie under it. */
type Dot = { row: Told; column: number; level: number };

/**
 * Dots in columns of their own width, piled up to a height and then beside their column; the own dot lies at the
 * bottom of its own. `spill` is how many columns the farthest had to go.
 */
function piled(rows: readonly Told[], at: (share: number) => number, size: number, most: number) {
	const heights = new Map<number, number>();
	const last = Math.floor(at(Infinity) / size);
	let spill = 0;
	const dots = rows
		.toSorted((a, b) => Number(b.own) - Number(a.own))
		.map((row): Dot => {
			const home = Math.min(last, Math.floor(at(row.share) / size));
			const free = (column: number) => column >= 0 && column <= last && (heights.get(column) ?? 0) < most;
			let distance = 0;
			while (distance <= last && !free(home - distance) && !free(home + distance)) distance++;
			const column = free(home - distance) ? home - distance : free(home + distance) ? home + distance : home;
			const level = heights.get(column) ?? 0;
			heights.set(column, level + 1);
			spill = Math.max(spill, Math.abs(column - home));
			return { row, column, level };
		});
	return { dots, spill };
}

/**
 * Units as dots along their share, piled where they are equal; the own one large and named. Over them the bands of
 * units that are not told one by one, the lowest on top, each with its number.
 */
export function unitsStrip(rows: readonly StripRow[], options: StripOptions): Element {
	const { target = null, fromZero = false, namedLowest = 3, bands = [] } = options;
	const usual = bands.length ? top + bottom + dotRoom + bands.length * bandStep : 150;
	const { locale, palette, plot, width, height = usual } = framed(options);
	const told = rows.filter((row): row is Told => row.share !== null);
	const shares = [...told.map((row) => row.share), ...bands.flatMap(({ from, to }) => [from, to])];
	const low = fromZero ? 0 : lowEnd(Math.min(1, ...shares));
	const high = fromZero ? Math.min(1, niceAbove(Math.max(0.01, ...shares))) : Math.max(1, ...shares);
	const [length, room] = [width - 2 * side, height - top - bottom];
	const piles = bands.length ? dotRoom - 2 : room;
	const at = (share: number) => (Math.min(share - low, high - low) / (high - low)) * length;
	// smaller dots where so many units agree that they would have to lie far beside their place
	const { radius, dots } = [5, 4.25, 3.5, 3]
		.map((size) => ({ radius: size, ...piled(told, at, 2 * size + 1, Math.floor(piles / (2 * size + 1))) }))
		.reduce((best, next) => (best.spill <= 1 ? best : next));
	const place = ({ row, column }: Dot) =>
		row.own ? row.share : low + (((column + 0.5) * (2 * radius + 1)) / length) * (high - low);
	const columns = new Map(dots.map(({ row, column }) => [row, column]));
	// under bands there is room for a label over its pile; else it lies over the lowest dot
	const labelHeight = (rise: number) =>
		bands.length === 0
			? { frameAnchor: 'bottom' as const, dy: -rise }
			: {
					y: (row: Told) => {
						const pile = dots.filter(({ column }) => column === columns.get(row)).length;
						return Math.min(dotRoom - 8, pile * (2 * radius + 1) + 12);
					}
				};
	// moved inwards where it would not fit
	const labelPlace = ({ name, share }: StripRow) => {
		const half = textWidth(name ?? '') / 2 - side;
		const centre = Math.max(half, Math.min(at(share ?? 0), length - half));
		return low + (centre / length) * (high - low);
	};
	const own = told.filter((row) => row.own);
	const labelled = spaced(
		[
			...own,
			...told
				.filter((row) => !row.own && row.name !== null && (target === null || row.share < target))
				.toSorted((a, b) => a.share - b.share)
				.slice(0, namedLowest)
		],
		(row) => at(row.share)
	);

	return Plot.plot({
		...plot,
		height,
		marginTop: top,
		marginBottom: bottom,
		marginLeft: side,
		marginRight: side,
		x: { domain: [low, high] },
		y: { axis: null, domain: [0, room] },
		marks: [
			Plot.ruleY([0], { stroke: palette.soft }),
			Plot.axisX({
				ticks: Math.max(2, Math.floor(width / 110)),
				label: null,
				tickSize: 0,
				tickPadding: 8,
				fill: palette.soft,
				fontSize,
				tickFormat: (share: number) => formatShare(share, locale, high - low < 0.05 ? 1 : 0)
			}),
			...(target === null || target < low || target > high
				? []
				: [
						Plot.ruleX([target], { stroke: palette.ink, strokeDasharray: '2 4' }),
						Plot.text([target], {
							x: (share: number) => share,
							frameAnchor: 'top',
							text: () => m.chart_target({ share: formatShare(target, locale, 0) }, { locale }),
							dy: -18,
							textAnchor: target > low + (high - low) * 0.85 ? 'end' : 'middle',
							fontSize,
							fill: palette.ink
						})
					]),
			...bandMarks(bands, { locale, palette, length, at }),
			Plot.dot(dots, {
				x: place,
				y: ({ level }: Dot) => (level + 0.5) * (2 * radius + 1) + 2,
				r: ({ row }: Dot) => (row.own ? radius + 1.5 : radius),
				// beside bands all dots are the reader's own
				fill: ({ row }: Dot) => (row.own || bands.length ? palette.accent : palette.muted),
				stroke: palette.ground,
				strokeWidth: 1,
				title: ({ row }: Dot) => (row.name === null ? null : `${row.name}: ${formatShare(row.share, locale)}`)
			}),
			Plot.text(labelled, {
				x: labelPlace,
				...labelHeight(24),
				text: 'name',
				fontSize,
				textAnchor: 'middle',
				fontWeight: 600,
				fill: palette.accent,
				filter: (row: StripRow) => row.own,
				stroke: palette.ground,
				strokeWidth: 4
			}),
			Plot.text(labelled, {
				x: labelPlace,
				...labelHeight(20),
				text: 'name',
				fontSize,
				textAnchor: 'middle',
				fill: palette.soft,
				filter: (row: StripRow) => !row.own,
				stroke: palette.ground,
				strokeWidth: 4
			})
		],
		r: { type: 'identity' },
		color: { type: 'identity' }
	} as Plot.PlotOptions) as Element;
}

/** The bands, the lowest on top: each a bar with its number where there is room for it. */
function bandMarks(
	bands: readonly Band[],
	{
		locale,
		palette,
		length,
		at
	}: { locale: Locale; palette: Palette; length: number; at: (share: number) => number }
) {
	const foot = (band: Band) => dotRoom + (bands.length - 1 - bands.indexOf(band)) * bandStep;
	const sideOf = (band: Band): 'right' | 'left' | 'inside' => {
		const wide = textWidth(bandUnits(band, locale)) + 12;
		if (at(band.to) + wide <= length) return 'right';
		return at(band.from) >= wide ? 'left' : 'inside';
	};
	const label = (where: 'right' | 'left' | 'inside') =>
		Plot.text(
			bands.filter((band) => sideOf(band) === where),
			{
				x: (band: Band) =>
					where === 'right' ? band.to : where === 'left' ? band.from : (band.from + band.to) / 2,
				y: (band: Band) => foot(band) + bandHeight / 2,
				dx: where === 'right' ? 6 : where === 'left' ? -6 : 0,
				text: (band: Band) => bandUnits(band, locale),
				textAnchor: where === 'right' ? 'start' : where === 'left' ? 'end' : 'middle',
				fontSize,
				fill: where === 'inside' ? palette.ink : palette.soft,
				...(where === 'inside' ? {} : { stroke: palette.ground, strokeWidth: 4 })
			}
		);
	return [
		// units that agree are a bar all the same
		...[true, false].map((agree) =>
			Plot.rect(
				bands.filter(({ from, to }) => (from === to) === agree),
				{
					x1: 'from',
					x2: 'to',
					y1: foot,
					y2: (band: Band) => foot(band) + bandHeight,
					insetLeft: agree ? -2 : 0,
					insetRight: agree ? -2 : 0,
					fill: palette.band,
					stroke: palette.muted,
					title: (band: Band) => `${bandUnits(band, locale)}: ${bandText(band, locale)}`
				}
			)
		),
		label('right'),
		label('left'),
		label('inside')
	];
}

/** The lower end of the axis: a round share under the least one. */
function lowEnd(least: number): number {
	return [0.98, 0.95, 0.9, 0.8, 0.5].find((low) => least >= low) ?? 0;
}

/** The labels, in their order of weight, that do not lie on one before them. */
function spaced<Row extends StripRow>(rows: readonly Row[], at: (row: Row) => number): Row[] {
	const kept: Row[] = [];
	for (const row of rows) {
		const free = kept.every(
			(other) =>
				Math.abs(at(other) - at(row)) > (textWidth(other.name ?? '') + textWidth(row.name ?? '')) / 2 + 8
		);
		if (free) kept.push(row);
	}
	return kept;
}

/** The numbers of `unitsStrip`, lowest first, then the bands; units without a name are left out. */
export function unitsStripTable(rows: readonly StripRow[], { locale, bands = [] }: StripOptions): ChartTable {
	const known = rows.filter((row) => row.name !== null);
	return {
		columns: [
			{ label: m.chart_unit({}, { locale }), numeric: false },
			{ label: m.chart_share({}, { locale }), numeric: true }
		],
		rows: [
			...known
				.toSorted((a, b) => (a.share ?? 2) - (b.share ?? 2))
				.map(({ name, share }) => [named(name ?? ''), counted(share, (value) => formatShare(value, locale))]),
			...bands.map((band) => [named(bandUnits(band, locale)), named(bandText(band, locale))])
		]
	};
}
