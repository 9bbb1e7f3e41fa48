import * as Plot from '@observablehq/plot';
import { fontSize } from './chart.ts';
import type { PlotColour } from '#lib/notebook/plot-spec.ts';
import type { Palette } from './palette.ts';
import type { Layout } from './plot-layout.ts';
import { bars, cellTexts } from './plot-bars.ts';
import { facetPlaces, placer } from './plot-places.ts';
import type { Prepared } from './plot-prepared.ts';
import { reachesOut } from './plot-scales.ts';
import { seriesColumn, type Item, type Shape } from './plot-shapes.ts';

const defaults = {
	line: { stroke: 'accent' },
	area: { fill: 'accent' },
	bar: { fill: 'accent' },
	dot: { fill: 'accent' },
	text: { fill: 'ink' },
	tick: { stroke: 'accent' },
	rule: { stroke: 'ink' },
	rect: { fill: 'accent' },
	cell: { fill: 'accent' },
	link: { stroke: 'soft' },
	arrow: { stroke: 'soft' }
} as const;

/** A shape as marks of Plot. */
export function marksOf(shape: Shape, prepared: Prepared, layout: Layout, palette: Palette): Plot.Markish[] {
	const { kind, across, mark, items, beside } = shape;
	const { x, y, colours } = prepared;
	const [placeX, placeY] = [placer(x), placer(y)];
	const paint = (told: PlotColour | undefined, channel: 'fill' | 'stroke') => {
		if (!told) return undefined;
		if ('colour' in told) return palette[told.colour];
		return (item: Item) => (colours.kind === 'none' ? palette.accent : colours.paint(item[channel], palette));
	};
	const isBox = mark.mark === 'boxX' || mark.mark === 'boxY';
	const usual: { fill?: keyof Palette; stroke?: keyof Palette } =
		kind === 'dot' && mark.stroke
			? {}
			: mark.mark === 'regressionY'
				? { stroke: 'ink' }
				: kind === 'area' && mark.channels.y1
					? { fill: 'band' }
					: isBox
						? ({
								bar: { fill: 'band' as const },
								dot: { fill: 'earlier' as const },
								tick: { stroke: 'ink' as const }
							}[String(kind)] ?? { stroke: 'soft' })
						: defaults[kind];
	const own = (name: 'fill' | 'stroke') => {
		const isSlot = isBox && (kind === 'rule' || kind === 'tick');
		const told = isSlot ? undefined : paint(mark[name], name);
		const other = usual[name];
		return told ?? (other === undefined ? 'none' : String(palette[other]));
	};
	const facetAt = facetPlaces(prepared, layout);
	const places = {
		x: (item: Item) => placeX(item.x),
		y: (item: Item) => placeY(item.y),
		x1: (item: Item) => placeX(item.x1),
		x2: (item: Item) => placeX(item.x2),
		y1: (item: Item) => placeY(item.y1),
		y2: (item: Item) => placeY(item.y2)
	};
	const has = (name: keyof typeof places) => items.some((item) => item[name] !== undefined);
	const where = (...names: (keyof typeof places)[]) =>
		Object.fromEntries(names.filter(has).map((name) => [name, places[name]]));
	const common = {
		...(items.some(({ facet }) => facet)
			? { fx: (item: Item) => facetAt(item)?.column, fy: (item: Item) => facetAt(item)?.row }
			: {}),
		...(mark.opacity === undefined ? {} : { opacity: mark.opacity }),
		...(mark.title === undefined ? {} : { title: (item: Item) => item.title }),
		...(reachesOut(x, items, 'x') || reachesOut(y, items, 'y') ? { clip: true as const } : {})
	};
	const stroked = {
		stroke: own('stroke'),
		strokeWidth: typeof mark.width === 'number' ? mark.width : undefined,
		strokeDasharray: mark.dash ? '3 4' : undefined
	};
	const curve = mark.curve === 'step' ? 'step-after' : mark.curve === 'smooth' ? 'monotone-x' : 'linear';
	const z = seriesColumn(mark) === undefined ? null : 'series';
	if (items.length === 0) return [];
	switch (kind) {
		case 'line':
			return [
				Plot.line(items, {
					...common,
					...where('x', 'y'),
					...stroked,
					strokeWidth: stroked.strokeWidth ?? 2,
					curve,
					z,
					strokeLinejoin: 'round'
				} as Plot.LineOptions),
				Plot.dot(mark.points ? items : alone(items), {
					...common,
					...where('x', 'y'),
					r: 2.75,
					fill: own('stroke')
				} as Plot.DotOptions)
			];
		case 'area':
			return [
				Plot.areaY(items, {
					...common,
					...where('x', 'y1', 'y2'),
					fill: own('fill'),
					fillOpacity: mark.channels.y1 && mark.fill ? 0.25 : 1,
					curve,
					z
				} as Plot.AreaYOptions)
			];
		case 'bar':
			return bars(
				shape,
				{
					...common,
					...where('x', 'y', 'x1', 'x2', 'y1', 'y2'),
					fill: own('fill'),
					stroke: isBox ? palette.soft : undefined
				},
				prepared,
				layout,
				beside
			);
		case 'dot':
			return [
				Plot.dot(items, {
					...common,
					...where('x', 'y'),
					r: radius(mark.channels.r, items),
					fill: own('fill'),
					stroke: mark.stroke ? own('stroke') : palette.ground,
					strokeWidth: mark.stroke ? 1.5 : 0.75,
					symbol: 'circle'
				} as Plot.DotOptions)
			];
		case 'text':
			return [
				Plot.text(items, {
					...common,
					...where('x', 'y'),
					text: 'text',
					fill: own('fill'),
					fontSize,
					fontWeight: mark.bold ? 600 : undefined,
					stroke: palette.ground,
					strokeWidth: 3,
					...textPlaces[mark.place ?? 'over']
				} as Plot.TextOptions)
			];
		case 'tick': {
			const options = {
				...common,
				...where('x', 'y'),
				...stroked,
				strokeWidth: stroked.strokeWidth ?? (isBox ? 2 : 1.5)
			};
			return [
				across === 'x'
					? Plot.tickX(items, options as Plot.TickXOptions)
					: Plot.tickY(items, options as Plot.TickYOptions)
			];
		}
		case 'rule': {
			const options = { ...common, ...stroked, strokeWidth: stroked.strokeWidth ?? 1 };
			return [
				across === 'x'
					? Plot.ruleX(items, { ...options, ...where('x', 'y1', 'y2') } as Plot.RuleXOptions)
					: Plot.ruleY(items, { ...options, ...where('y', 'x1', 'x2') } as Plot.RuleYOptions)
			];
		}
		case 'rect':
			return [
				Plot.rect(items, {
					...common,
					...where('x1', 'x2', 'y1', 'y2'),
					fill: own('fill'),
					stroke: mark.stroke ? own('stroke') : undefined,
					inset: mark.mark === 'bin' ? 0.5 : 0
				} as Plot.RectOptions)
			];
		case 'cell':
			return [
				Plot.cell(items, {
					...common,
					...where('x', 'y'),
					fill: own('fill'),
					inset: 0.75
				} as Plot.CellOptions),
				...(mark.labels ? cellTexts(items, { ...common, ...where('x', 'y') }, prepared, layout, palette) : [])
			];
		case 'link':
			return [
				Plot.link(items, {
					...common,
					...where('x1', 'x2', 'y1', 'y2'),
					...stroked,
					strokeWidth: stroked.strokeWidth ?? 1.5
				} as Plot.LinkOptions)
			];
		case 'arrow':
			return [
				Plot.arrow(items, {
					...common,
					...where('x1', 'x2', 'y1', 'y2'),
					...stroked,
					strokeWidth: stroked.strokeWidth ?? 1.5,
					headLength: 7
				} as Plot.ArrowOptions)
			];
	}
}

const textPlaces = {
	over: {},
	above: { dy: -12 },
	below: { dy: 12 },
	left: { dx: -9, textAnchor: 'end' },
	right: { dx: 9, textAnchor: 'start' }
} as const;

/** Points with no neighbour in their line: between two gaps a line shows nothing. */
function alone(items: readonly Item[]): Item[] {
	const isTold = (item: Item | undefined) =>
		item !== undefined && (item.x ?? null) !== null && (item.y ?? null) !== null;
	const lines = Map.groupBy(items, ({ series, facet }) => JSON.stringify([series, facet?.x, facet?.y]));
	return [...lines.values()].flatMap((line) =>
		line.filter((item, at) => isTold(item) && !isTold(line[at - 1]) && !isTold(line[at + 1]))
	);
}

const largest = 14;

/** Areas of circles are as their numbers. */
function radius(channel: Shape['mark']['channels']['r'], items: readonly Item[]) {
	if (!channel) return 3.5;
	if ('value' in channel) return Number(channel.value);
	const most = items.reduce((greatest, { r }) => Math.max(greatest, Math.abs(Number(r ?? 0))), 0) || 1;
	return (item: Item) => Math.sqrt(Math.abs(Number(item.r ?? 0)) / most) * largest;
}
