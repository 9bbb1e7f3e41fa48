import { BlockFault } from '#lib/notebook/fault.ts';
import type {
	ChannelName,
	PlotColour,
	PlotMark,
	ShownPlot,
	Channel,
	MarkName
} from '#lib/notebook/plot-spec.ts';
import { dayOf, instantOf, kindWords, shownValue, type PlotSource, type Value } from './plot-columns.ts';
import { boxOf, leastSquares, niceStep } from './plot-numbers.ts';
import { addMonths } from '#lib/period/birth-month.ts';

/** What a shape is drawn as. */
export type ShapeKind =
	'line' | 'area' | 'bar' | 'dot' | 'text' | 'tick' | 'rule' | 'rect' | 'cell' | 'link' | 'arrow';

/** One thing to draw, with its places and colours as values of the table. */
export type Item = Partial<Record<ChannelName, Value>> & {
	fill: Value;
	stroke: Value;
	/** The line, area or stack that it belongs to. */
	series: string;
	text: Value;
	title: Value;
	/** The small charts that it stands in; undefined for all of them. */
	facet?: { x: Value; y: Value };
};

/** The things of one mark. `across` is the axis that bars, ticks and rules stand on. */
export type Shape = {
	kind: ShapeKind;
	across: 'x' | 'y';
	mark: ShownMark;
	items: Item[];
	/** Grouped bars: the names that stand beside each other. */
	beside: string[];
};

export type ShownMark = PlotMark<string, Channel>;

/** One row as a mark reads it. */
type Read = Item & { at: number; weight: number };

const columnOf = (colour: PlotColour | undefined) =>
	colour && 'column' in colour ? colour.column : undefined;

/** The column that parts a mark's rows into lines, areas or stacks. */
export const seriesColumn = (mark: ShownMark) => mark.z ?? columnOf(mark.stroke) ?? columnOf(mark.fill);

/** Channels that hold numbers, whatever the axis. */
const numbers: Partial<Record<MarkName, ChannelName[]>> = {
	areaY: ['y', 'y1', 'y2'],
	barY: ['y', 'y1', 'y2'],
	barX: ['x', 'x1', 'x2'],
	boxY: ['y'],
	boxX: ['x'],
	regressionY: ['y'],
	dot: ['r']
};

/** The shapes of a chart's marks. Throws a BlockFault for a column that there is not, or whose values do not fit. */
export const shapesOf = (plot: ShownPlot, source: PlotSource): Shape[] =>
	plot.marks.flatMap((mark) => {
		checkKinds(mark, source);
		return shapesOfMark(mark, readRows(mark, plot, source), source);
	});

function checkKinds(mark: ShownMark, source: PlotSource): void {
	for (const name of numbers[mark.mark] ?? []) {
		const channel = mark.channels[name];
		if (channel && 'column' in channel) needNumbers(source, channel.column, `${mark.mark}: ${name}`);
		else if (channel && typeof channel.value === 'string')
			throw new BlockFault(`${mark.mark}: ${name} is a number, and ${channel.value} is a day`);
	}
	if (mark.weight !== undefined) needNumbers(source, mark.weight, `${mark.mark}: weight`);
	for (const name of ['x', 'y'] as const) {
		const channel = mark.channels[name];
		if (!channel || !('column' in channel) || !['bin', 'regressionY'].includes(mark.mark)) continue;
		if (!['number', 'day', 'empty'].includes(source.kind(channel.column)))
			throw new BlockFault(unfit(source, channel.column, `${mark.mark}: ${name}`, 'numbers or days'));
	}
}

function needNumbers(source: PlotSource, column: string, role: string): void {
	if (!['number', 'empty'].includes(source.kind(column)))
		throw new BlockFault(unfit(source, column, role, 'numbers'));
}

function unfit(source: PlotSource, column: string, role: string, needed: string): string {
	const values = source.values(column);
	const at = values.findIndex((value) => value !== null);
	return `${role} takes ${needed}, and the column ${column} holds ${kindWords[source.kind(column)]}, as ${shownValue(values[at] ?? null)} in row ${at + 1}: take another column, or cast this one in the SQL`;
}

/** The rows of a mark in its order; one without a row where all is told by constants. */
function readRows(mark: ShownMark, { facet }: ShownPlot, source: PlotSource): Read[] {
	const channels = Object.entries(mark.channels) as [ChannelName, Channel][];
	const columns = [
		...channels.flatMap(([, channel]) => ('column' in channel ? [channel.column] : [])),
		...[columnOf(mark.fill), columnOf(mark.stroke), mark.z, mark.text, mark.title, mark.filter, mark.weight]
	].filter((column) => column !== undefined);
	const place = (channel: Channel, at: number) =>
		'column' in channel ? (source.values(channel.column)[at] ?? null) : channel.value;
	const cell = (column: string | undefined, at: number): Value =>
		column === undefined ? null : (source.values(column)[at] ?? null);
	const read = (at: number, facets: Item['facet']): Read => ({
		...Object.fromEntries(channels.map(([name, channel]) => [name, place(channel, at)])),
		fill: cell(columnOf(mark.fill), at),
		stroke: cell(columnOf(mark.stroke), at),
		series: String(cell(seriesColumn(mark), at) ?? ''),
		text: cell(mark.text, at),
		title: cell(mark.title, at),
		facet: facets,
		at,
		weight: mark.weight === undefined ? 1 : Number(cell(mark.weight, at) ?? 0)
	});
	if (columns.length === 0) return [read(-1, undefined)];
	const kept = source.rows
		.map((_, at) => at)
		.filter((at) => mark.filter === undefined || Boolean(cell(mark.filter, at)));
	return sortedRows(kept, mark, source).map((at) =>
		read(at, facet && { x: cell(facet.x, at), y: cell(facet.y, at) })
	);
}

function sortedRows(rows: number[], { sort }: ShownMark, source: PlotSource): number[] {
	if (!sort) return rows;
	const values = source.values(sort.column);
	return rows.toSorted((a, b) => compared(values[a] ?? null, values[b] ?? null, sort.descending));
}

/** The order of two values; none comes last whichever way. Texts are in the order of their letters' codes. */
export function compared(a: Value, b: Value, descending = false): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const order = a < b ? -1 : a > b ? 1 : 0;
	return descending ? -order : order;
}

function shapesOfMark(mark: ShownMark, rows: Read[], source: PlotSource): Shape[] {
	const shape = (kind: ShapeKind, items: Item[], across: 'x' | 'y' = 'x', beside: string[] = []): Shape => ({
		kind,
		across,
		mark,
		items,
		beside
	});
	switch (mark.mark) {
		case 'line':
			return [shape('line', rows)];
		case 'lineY':
			return [shape('line', alongX(rows, mark, source))];
		case 'areaY':
			return [
				shape(
					'area',
					mark.channels.y ? stacked(alongX(rows, mark, source), 'x', mark) : alongX(rows, mark, source)
				)
			];
		case 'barY':
		case 'barX': {
			const across = mark.mark === 'barY' ? 'x' : 'y';
			const along = across === 'x' ? 'y' : 'x';
			const beside = mark.stack === 'grouped' ? [...new Set(rows.map(({ series }) => series))] : [];
			return [shape('bar', mark.channels[along] ? stacked(rows, across, mark) : rows, across, beside)];
		}
		case 'dot':
			return [shape('dot', rows)];
		case 'text':
			return [
				shape(
					'text',
					mark.label === undefined ? rows : rows.map((row) => ({ ...row, text: mark.label ?? '' }))
				)
			];
		case 'tickX':
			return [shape('tick', rows, 'x')];
		case 'tickY':
			return [shape('tick', rows, 'y')];
		case 'ruleX':
			return [shape('rule', rows, 'x')];
		case 'ruleY':
			return [shape('rule', rows, 'y')];
		case 'rect':
			return [shape('rect', rows)];
		case 'cell':
			return [shape('cell', rows)];
		case 'bin':
			return [shape('rect', binsOf(mark, rows, source))];
		case 'boxY':
		case 'boxX':
			return boxShapes(mark, rows);
		case 'regressionY':
			return [shape('line', regressions(mark, rows, source))];
		case 'link':
			return [shape('link', rows)];
		case 'arrow':
			return [shape('arrow', rows)];
	}
}

/** Lines and areas go from left to right, unless the writer has ordered the rows or x holds names. */
function alongX(rows: Read[], { channels, sort }: ShownMark, source: PlotSource): Read[] {
	const { x } = channels;
	if (sort || !x || !('column' in x) || !['number', 'day'].includes(source.kind(x.column))) return rows;
	return rows.toSorted((a, b) => compared(a.x ?? null, b.x ?? null));
}

/** Rows by the small chart and a key. */
export function grouped<Row extends Item>(
	rows: readonly Row[],
	key: (row: Row) => Value | undefined
): Row[][] {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const name = JSON.stringify([row.facet?.x, row.facet?.y, key(row)]);
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	return [...groups.values()];
}

/** Bars and areas on top of each other, less than 0 below it; beside each other they all stand on 0. */
function stacked(rows: Read[], across: 'x' | 'y', { stack }: ShownMark): Item[] {
	const along = across === 'x' ? 'y' : 'x';
	const size = (row: Read) => Number(row[along] ?? NaN);
	const ends = new Map<Read, [number, number]>();
	// the series keep one order in all stacks: that in which they first appear
	const order = new Map([...new Set(rows.map(({ series }) => series))].map((series, at) => [series, at]));
	for (const group of grouped(rows, (row) => row[across])) {
		const whole =
			stack === 'share' ? group.reduce((sum, row) => sum + Math.abs(size(row) || 0), 0) || NaN : 1;
		let [above, below] = [0, 0];
		for (const row of group.toSorted((a, b) => (order.get(a.series) ?? 0) - (order.get(b.series) ?? 0))) {
			const length = size(row) / whole;
			if (stack === 'grouped' || Number.isNaN(length)) ends.set(row, [0, length]);
			else if (length >= 0) ends.set(row, [above, (above += length)]);
			else ends.set(row, [below, (below += length)]);
		}
	}
	return rows.map((row) => {
		const [from, to] = ends.get(row) ?? [NaN, NaN];
		const told = !Number.isNaN(to);
		return { ...row, [`${along}1`]: told ? from : null, [`${along}2`]: told ? to : null, [along]: undefined };
	});
}

/** The bars of a histogram: from x1 (with it) to x2 (without it), y their number or their part of all. */
export function binsOf(mark: ShownMark, rows: readonly Read[], source: PlotSource): Item[] {
	const { x } = mark.channels;
	const isDays = x !== undefined && 'column' in x && source.kind(x.column) === 'day';
	const known = rows.filter((row) => (row.x ?? null) !== null && row.weight > 0);
	if (known.length === 0) return [];
	const { lower, upper } = isDays
		? months()
		: steps(
				known.map((row) => Number(row.x)),
				mark.bins ?? 20
			);
	const items = grouped(known, (row) => JSON.stringify([lower(row.x ?? null), row.series])).map(
		(group): Item => {
			const [first] = group as [Read];
			const from = lower(first.x ?? null);
			return {
				...first,
				x: undefined,
				x1: from,
				x2: upper(from),
				y: group.reduce((sum, row) => sum + row.weight, 0)
			};
		}
	);
	const wholes = new Map<string, number>();
	const facetOf = ({ facet }: Item) => JSON.stringify([facet?.x, facet?.y]);
	for (const row of known) wholes.set(facetOf(row), (wholes.get(facetOf(row)) ?? 0) + row.weight);
	const parts = items.map((item) =>
		mark.share ? { ...item, y: Number(item.y) / (wholes.get(facetOf(item)) ?? 1) } : item
	);
	const sorted = parts.toSorted((a, b) => compared(a.x1 ?? null, b.x1 ?? null));
	return stacked(
		sorted.map((item) => ({ ...item, x: item.x1, at: 0, weight: 1 })),
		'x',
		{ ...mark, stack: 'stacked' }
	).map((item) => ({ ...item, x: undefined }));
}

const months = () => ({
	lower: (day: Value): Value => `${String(day).slice(0, 7)}-01`,
	upper: (day: Value): Value => `${addMonths(String(day).slice(0, 7), 1)}-01`
});

function steps(values: readonly number[], bins: number) {
	const least = values.reduce((a, b) => Math.min(a, b), Infinity);
	const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
	const step = niceStep(most - least, bins);
	const clean = (value: number) => Number(value.toPrecision(12));
	return {
		lower: (value: Value): Value => clean(Math.floor(Number(value) / step + 1e-9) * step),
		upper: (from: Value): Value => clean(Number(from) + step)
	};
}

/** The boxes of a mark's groups, with what they are made of. */
export function boxesOf(mark: ShownMark, rows: readonly Read[]) {
	const [across, along] = mark.mark === 'boxY' ? (['x', 'y'] as const) : (['y', 'x'] as const);
	return grouped(rows, (row) => row[across]).flatMap((group) => {
		const values = group.flatMap((row) => (typeof row[along] === 'number' ? [row[along]] : []));
		const [first] = group;
		return first && values.length > 0 ? [{ across, along, first, box: boxOf(values) }] : [];
	});
}

function boxShapes(mark: ShownMark, rows: Read[]): Shape[] {
	const boxes = boxesOf(mark, rows);
	const across = mark.mark === 'boxY' ? 'x' : 'y';
	const along = across === 'x' ? 'y' : 'x';
	const shape = (kind: ShapeKind, items: Item[], on: 'x' | 'y' = across): Shape => ({
		kind,
		across: on,
		mark,
		items,
		beside: []
	});
	const item = (first: Item, ends: Partial<Record<ChannelName, Value>>): Item => ({
		...first,
		[along]: undefined,
		...ends
	});
	const spans = (from: 'from' | 'low' | 'high', to: 'to' | 'low' | 'high') =>
		boxes.map(({ first, box }) => item(first, { [`${along}1`]: box[from], [`${along}2`]: box[to] }));
	return [
		shape('rule', [...spans('from', 'low'), ...spans('high', 'to')]),
		shape('bar', spans('low', 'high')),
		shape(
			'tick',
			boxes.map(({ first, box }) => item(first, { [along]: box.median })),
			along
		),
		shape(
			'dot',
			boxes.flatMap(({ first, box }) => box.beyond.map((value) => item(first, { [along]: value })))
		)
	];
}

function regressions(mark: ShownMark, rows: Read[], source: PlotSource): Item[] {
	const { x } = mark.channels;
	const isDays = x !== undefined && 'column' in x && source.kind(x.column) === 'day';
	const number = (value: Value | undefined) =>
		typeof value === 'string' ? instantOf(value) : typeof value === 'number' ? value : NaN;
	return grouped(rows, ({ series }) => series).flatMap((group) => {
		const points = group
			.map((row) => [number(row.x), number(row.y)] as const)
			.filter((point) => point.every(Number.isFinite));
		const line = leastSquares(points);
		const [first] = group;
		if (!line || !first) return [];
		const ends = points.map(([at]) => at);
		return [ends.reduce((a, b) => Math.min(a, b)), ends.reduce((a, b) => Math.max(a, b))].map((at) => ({
			...first,
			x: isDays ? dayOf(at) : at,
			y: line.at(at)
		}));
	});
}
