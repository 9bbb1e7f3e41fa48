import * as Plot from '@observablehq/plot';
import { m } from '#lib/paraglide/messages.js';
import type { ShownPlot } from '#lib/notebook/plot-spec.ts';
import type { Row } from '#lib/notebook/table.ts';
import { apart, fontSize, framed, textWidth, type ChartOptions } from './chart.ts';
import type { Palette } from './palette.ts';
import { lettered } from './plot-colours.ts';
import { endLabels, partOf, type EndLabel } from './plot-ends.ts';
import { layoutOf, type Layout } from './plot-layout.ts';
import { added, drawLegend, legendEntries, legendPlaces } from './plot-legend.ts';
import { barLabels } from './plot-bars.ts';
import { marksOf } from './plot-marks.ts';
import { placeOn } from './plot-places.ts';
import { preparePlot, type Prepared } from './plot-prepared.ts';
import { placeRuleLabels } from './plot-rules.ts';
import type { Scale } from './plot-scales.ts';
import { shortened } from './plot-write.ts';

/**
 * A chart in its own words, drawn: marks on their scales, names at the ends of lines where there is room for them,
 * else a legend. Throws a BlockFault for what `plotFault` tells.
 */
export function drawPlot(rows: readonly Row[], shown: ShownPlot, options: ChartOptions): Element {
	const { locale, palette, plot, width, height } = framed(options);
	const prepared = preparePlot(rows, shown, locale);
	const ends = endLabels(prepared, width * (width < 480 ? 0.26 : 0.32), height ?? width * 0.35);
	const entries = needsLegend(prepared, ends, width) ? legendEntries(prepared, palette) : [];
	const label = entries.length > 0 ? shown.color?.label : undefined;
	const legend = legendPlaces(entries, label, width);
	const barRoom = prepared.shapes.some(({ mark }) => mark.mark === 'barX' && mark.labels) ? 46 : 0;
	const right = ends.length > 0 ? Math.max(...ends.map(({ text }) => textWidth(text))) + 16 : barRoom;
	const ruleLabels = prepared.shapes.some(
		({ kind, across, mark }) => kind === 'rule' && across === 'x' && mark.label
	);
	const layout = layoutOf(prepared, { width, height, legendRows: legend.rows, right, ruleLabels });
	const isEmpty = prepared.shapes.every(({ items }) => items.length === 0);

	const svg = Plot.plot({
		...plot,
		height: layout.height,
		marginTop: layout.top,
		marginRight: layout.right,
		marginBottom: layout.bottom,
		marginLeft: layout.left,
		x: scaleOptions(prepared.x),
		y: scaleOptions(prepared.y),
		...(prepared.facets.x.length + prepared.facets.y.length > 0
			? {
					fx: {
						axis: null,
						domain: range(layout.columns),
						paddingInner: layout.gaps.x,
						paddingOuter: 0,
						round: false
					},
					fy: {
						axis: null,
						domain: range(layout.rows),
						paddingInner: layout.gaps.y,
						paddingOuter: 0,
						round: false
					}
				}
			: {}),
		color: { type: 'identity' },
		r: { type: 'identity' },
		opacity: { type: 'identity' },
		symbol: { type: 'identity' },
		marks: [
			...axes(prepared, layout, palette),
			...prepared.shapes.flatMap((shape) => marksOf(shape, prepared, layout, palette)),
			...endMarks(ends, prepared, layout, palette),
			...placeRuleLabels(prepared, ends, layout, palette),
			...barLabels(prepared, layout, palette),
			...facetNames(prepared, layout, palette)
		]
	} as Plot.PlotOptions) as Element;

	if (entries.length > 0) drawLegend(svg, legend, label, palette);
	axisLabels(svg, prepared, layout, palette);
	if (isEmpty)
		added(
			svg,
			'text',
			{
				x: width / 2,
				y: layout.top + layout.inner.height / 2,
				'text-anchor': 'middle',
				'font-size': fontSize,
				fill: palette.soft
			},
			m.figure_no_data({}, { locale })
		);
	return svg;
}

const range = (length: number) => Array.from({ length }, (_, at) => at);

/** Colours are explained where the picture does not do so itself, and where the writer asks for it. */
function needsLegend(
	{ plot, colours, shapes, x, y }: Prepared,
	ends: readonly EndLabel[],
	width: number
): boolean {
	if (plot.color?.legend !== undefined) return plot.color.legend;
	if (colours.kind === 'none') return false;
	// narrow cells have no room for their numbers
	if (colours.kind === 'amounts')
		return width < 480 || !shapes.some(({ kind, mark }) => kind === 'cell' && mark.labels);
	const named = new Set(ends.map(({ text }) => text));
	if (colours.names.every((name) => named.has(colours.write(name)))) return false;
	// the names stand along an axis, or over the small charts, already
	const told = plot.marks.flatMap(({ fill, stroke }) =>
		[fill, stroke].flatMap((each) => (each && 'column' in each ? [each.column] : []))
	);
	const elsewhere = plot.marks.flatMap(({ channels }) => [
		...(x.kind === 'ordinal' && channels.x && 'column' in channels.x ? [channels.x.column] : []),
		...(y.kind === 'ordinal' && channels.y && 'column' in channels.y ? [channels.y.column] : [])
	]);
	return told.some(
		(column) => !elsewhere.includes(column) && column !== plot.facet?.x && column !== plot.facet?.y
	);
}

function scaleOptions(scale: Scale): Plot.ScaleOptions {
	if (scale.kind === 'ordinal')
		return {
			type: scale.type === 'band' ? 'band' : 'point',
			domain: range(scale.names.length),
			reverse: scale.reverse,
			axis: null,
			padding: scale.type === 'band' ? scale.gap : 0.5,
			round: false
		};
	const type = scale.type === 'time' ? 'linear' : scale.type;
	const ends = [scale.low, scale.high];
	return { type, domain: scale.reverse ? ends.toReversed() : ends, axis: null, nice: false, zero: false };
}

function axes(
	{ x, y, plot }: Prepared,
	{ xTicks, yTicks, turned }: Layout,
	palette: Palette
): Plot.Markish[] {
	const xPlaces = xTicks.map(({ at }) => placeOn(x, at));
	const yPlaces = yTicks.map(({ at }) => placeOn(y, at));
	const textOf = (ticks: Layout['xTicks'], places: unknown[]) => (value: unknown) =>
		ticks[places.indexOf(value)]?.text ?? '';
	const common = { tickSize: 0, label: null, fill: palette.soft, fontSize };
	const line = { stroke: palette.rule, strokeOpacity: 1 };
	const zero = y.kind === 'continuous' && y.type !== 'time' && y.low <= 0 && y.high >= 0;
	const zeroX =
		x.kind === 'continuous' && x.type !== 'time' && y.kind === 'ordinal' && x.low <= 0 && x.high >= 0;
	const gridX = plot.x?.grid ?? y.kind === 'ordinal';
	const gridY = plot.y?.grid ?? true;
	return [
		...(gridX && x.kind === 'continuous' ? [Plot.gridX(xPlaces, line)] : []),
		...(gridY && y.kind === 'continuous' ? [Plot.gridY(yPlaces, line)] : []),
		...(xTicks.length > 0
			? [
					Plot.axisX(xPlaces, {
						...common,
						tickPadding: 8,
						text: textOf(xTicks, xPlaces),
						...(turned ? { tickRotate: turned, textAnchor: 'end' } : {})
					} as Plot.AxisXOptions)
				]
			: []),
		...(yTicks.length > 0
			? [
					Plot.axisY(yPlaces, {
						...common,
						tickPadding: 8,
						text: textOf(yTicks, yPlaces)
					} as Plot.AxisYOptions)
				]
			: []),
		...(zero ? [Plot.ruleY([0], { stroke: palette.soft })] : []),
		...(zeroX ? [Plot.ruleX([0], { stroke: palette.soft })] : [])
	];
}

/** Names at the ends of lines, moved apart, each in its line's colour. */
function endMarks(
	ends: readonly EndLabel[],
	{ x, y, colours }: Prepared,
	{ inner }: Layout,
	palette: Palette
): Plot.Markish[] {
	const heights = ends.map((end) => (1 - partOf(y, end.y)) * inner.height);
	const moved = apart(heights);
	return ends.map(({ shape: { mark, kind }, item, text, ...place }, at) => {
		const told = mark.stroke ?? mark.fill;
		const colour =
			told && 'column' in told && colours.kind !== 'none'
				? colours.paint(kind === 'line' ? item.stroke : item.fill, palette)
				: told && 'colour' in told
					? palette[told.colour]
					: kind === 'area'
						? palette.soft
						: mark.mark === 'regressionY' || kind === 'rule'
							? palette.ink
							: palette.accent;
		return Plot.text([{}], {
			...(place.x === null ? { frameAnchor: 'right' as const } : { x: () => placeOn(x, place.x) }),
			y: () => placeOn(y, place.y),
			text: () => text,
			textAnchor: 'start',
			dx: 8,
			dy: (moved[at] ?? 0) - (heights[at] ?? 0),
			fontSize,
			fill: lettered(colour, palette),
			stroke: palette.ground,
			strokeWidth: 3
		});
	});
}

/** What each small chart shows, over it. */
function facetNames({ facets }: Prepared, { cells, inner }: Layout, palette: Palette): Plot.Markish[] {
	if (facets.x.length + facets.y.length === 0) return [];
	const most = Math.max(4, Math.floor(inner.width / (fontSize * 0.52)));
	return [
		Plot.text(cells, {
			fx: 'column',
			fy: 'row',
			text: ({ name }: { name: string }) => shortened(name, most),
			frameAnchor: 'top-left',
			dy: -16,
			fontSize,
			fontWeight: 600,
			fill: palette.ink
		} as Plot.TextOptions)
	];
}

/** What the axes measure, in a line of their own: over the upright one and at the end of the other. */
function axisLabels(
	svg: Element,
	{ plot }: Prepared,
	{ width, height, left, right, legend }: Layout,
	palette: Palette
): void {
	const common = { 'font-size': fontSize, 'text-anchor': 'start', fill: palette.soft };
	const most = Math.floor(width / (fontSize * 0.52));
	if (plot.y?.label)
		added(svg, 'text', { ...common, x: 0, y: legend + 12, dy: '0.32em' }, shortened(plot.y.label, most));
	if (plot.x?.label)
		added(
			svg,
			'text',
			{ ...common, x: (left + width - right) / 2, y: height - 8, 'text-anchor': 'middle' },
			shortened(plot.x.label, most)
		);
}
