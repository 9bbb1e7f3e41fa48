import * as Plot from '@observablehq/plot';
import { formatShare } from '#lib/format/numbers.ts';
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

/** A unit's share. A name of null is a unit that the reader may not know: it is a dot without a name. */
export type StripRow = { unit: string; name: string | null; share: number | null; own: boolean };

export type StripOptions = ChartOptions & {
	target?: number | null;
	/** True for a share that is good or bad at any height, such as how often a box is ticked. */
	fromZero?: boolean;
	/** How many of the lowest units are named beside the own one. */
	namedLowest?: number;
};

const [top, bottom, side] = [26, 34, 24];

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

/** Units as dots along their share, piled where they are equal; the own one large and named. */
export function unitsStrip(rows: readonly StripRow[], options: StripOptions): Element {
	const { locale, palette, plot, width, height = 150 } = framed(options);
	const { target = null, fromZero = false, namedLowest = 3 } = options;
	const told = rows.filter((row): row is Told => row.share !== null);
	const shares = told.map((row) => row.share);
	const low = fromZero ? 0 : lowEnd(Math.min(1, ...shares));
	const high = fromZero ? Math.min(1, niceAbove(Math.max(0.01, ...shares))) : Math.max(1, ...shares);
	const [length, room] = [width - 2 * side, height - top - bottom];
	const at = (share: number) => (Math.min(share - low, high - low) / (high - low)) * length;
	// smaller dots where so many units agree that they would have to lie far beside their place
	const { radius, dots } = [5, 4.25, 3.5, 3]
		.map((size) => ({ radius: size, ...piled(told, at, 2 * size + 1, Math.floor(room / (2 * size + 1))) }))
		.reduce((best, next) => (best.spill <= 1 ? best : next));
	const place = ({ row, column }: Dot) =>
		row.own ? row.share : low + (((column + 0.5) * (2 * radius + 1)) / length) * (high - low);
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
			Plot.dot(dots, {
				x: place,
				y: ({ level }: Dot) => (level + 0.5) * (2 * radius + 1) + 2,
				r: ({ row }: Dot) => (row.own ? radius + 1.5 : radius),
				fill: ({ row }: Dot) => (row.own ? palette.accent : palette.muted),
				stroke: palette.ground,
				strokeWidth: 1,
				title: ({ row }: Dot) => (row.name === null ? null : `${row.name}: ${formatShare(row.share, locale)}`)
			}),
			Plot.text(labelled, {
				x: 'share',
				frameAnchor: 'bottom',
				text: 'name',
				dy: -24,
				fontSize,
				textAnchor: 'middle',
				fontWeight: 600,
				fill: palette.accent,
				filter: (row: StripRow) => row.own,
				stroke: palette.ground,
				strokeWidth: 4
			}),
			Plot.text(labelled, {
				x: 'share',
				frameAnchor: 'bottom',
				text: 'name',
				dy: -20,
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

/** The numbers of `unitsStrip`, lowest first; units without a name are left out. */
export function unitsStripTable(rows: readonly StripRow[], { locale }: StripOptions): ChartTable {
	const known = rows.filter((row) => row.name !== null);
	return {
		columns: [
			{ label: m.chart_unit({}, { locale }), numeric: false },
			{ label: m.chart_share({}, { locale }), numeric: true }
		],
		rows: known
			.toSorted((a, b) => (a.share ?? 2) - (b.share ?? 2))
			.map(({ name, share }) => [named(name ?? ''), counted(share, (value) => formatShare(value, locale))])
	};
}
