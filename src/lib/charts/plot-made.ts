import { addMonths } from '#lib/period/birth-month.ts';
import type { ChannelName } from '#lib/notebook/plot-spec.ts';
import { compared, dayOf, instantOf, type PlotSource, type Value } from './plot-columns.ts';
import { boxOf, leastSquares, niceStep } from './plot-numbers.ts';
import type { Item, Read, Shape, ShapeKind, ShownMark } from './plot-shapes.ts';

/** Rows by the small chart and a key. */
function grouped<Row extends Item>(rows: readonly Row[], key: (row: Row) => Value | undefined): Row[][] {
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
export function stacked(rows: Read[], across: 'x' | 'y', { stack }: ShownMark): Item[] {
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
function boxesOf(mark: ShownMark, rows: readonly Read[]) {
	const [across, along] = mark.mark === 'boxY' ? (['x', 'y'] as const) : (['y', 'x'] as const);
	return grouped(rows, (row) => row[across]).flatMap((group) => {
		const values = group.flatMap((row) => (typeof row[along] === 'number' ? [row[along]] : []));
		const [first] = group;
		return first && values.length > 0 ? [{ across, along, first, box: boxOf(values) }] : [];
	});
}

export function boxShapes(mark: ShownMark, rows: Read[]): Shape[] {
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

export function regressions(mark: ShownMark, rows: Read[], source: PlotSource): Item[] {
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
