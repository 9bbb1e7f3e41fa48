import { BlockFault } from '#lib/notebook/fault.ts';
import type {
	ChannelName,
	PlotColour,
	PlotMark,
	ShownPlot,
	Channel,
	MarkName
} from '#lib/notebook/plot-spec.ts';
import { compared, kindWords, shownValue, type PlotSource, type Value } from './plot-columns.ts';
import { binsOf, boxShapes, regressions, stacked } from './plot-made.ts';

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
export type Read = Item & { at: number; weight: number };

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
	const columns = [columnOf(mark.fill), columnOf(mark.stroke), mark.z, mark.text, mark.title, mark.filter];
	const isConstant =
		channels.every(([, channel]) => 'value' in channel) && columns.every((column) => column === undefined);
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
	if (isConstant) return [read(-1, undefined)];
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
