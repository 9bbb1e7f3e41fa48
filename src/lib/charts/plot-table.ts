import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import type { ShownPlot } from '#lib/notebook/plot-spec.ts';
import type { Row } from '#lib/notebook/table.ts';
import { counted, named, type ChartCell, type ChartTable } from './chart.ts';
import type { Value } from './plot-columns.ts';
import { preparePlot, type Prepared } from './plot-prepared.ts';
import type { Item, ShownMark } from './plot-shapes.ts';
import { writeValue } from './plot-write.ts';

/** How many rows a page shows beside a chart. */
export const pageRows = 1000;

/**
 * The numbers of a chart in its own words: the columns that its marks use. A chart of nothing but histograms or
 * boxes shows what these were made into. Throws a BlockFault for what `plotFault` tells.
 *
 * @param most how many rows there are at most; one more says how many were left out
 */
export function plotTable(
	rows: readonly Row[],
	shown: ShownPlot,
	locale: Locale,
	most: number = Number.POSITIVE_INFINITY
): ChartTable {
	const prepared = preparePlot(rows, shown, locale);
	const [first] = shown.marks;
	const made = shown.marks.every(({ mark }) => mark === 'bin' || mark === 'boxX' || mark === 'boxY') && first;
	const table = made ? madeTable(made, prepared) : columnTable(rows, prepared);
	if (table.rows.length <= most) return table;
	const left = m.plot_more_rows(
		{ count: writeValue(table.rows.length - most, { locale, decimals: 0 }) },
		{ locale }
	);
	const last = table.columns.map((_, at) => (at === 0 ? named(left) : { value: null, text: '' }));
	return { columns: table.columns, rows: [...table.rows.slice(0, most), last] };
}

type Writer = (value: Value) => string;
type Use = { column: string; write: Writer; label: string | undefined };

/** The columns of the marks, each once, in the order of: small charts, x, names, y, the rest. */
function usedColumns({ plot, locale, x, y }: Prepared): Use[] {
	const uses = new Map<string, Use>();
	const plain: Writer = (value) => writeValue(value, { locale });
	const add = (column: string | undefined, label?: string, write: Writer = plain) => {
		if (column === undefined || uses.has(column)) return;
		uses.set(column, { column, write, label: plot.labels?.[column] ?? label });
	};
	const along = (axis: 'x' | 'y', ...names: ('x' | 'x1' | 'x2' | 'y' | 'y1' | 'y2')[]) => {
		const { format, percent, label } = plot[axis] ?? {};
		for (const { channels, stack } of plot.marks)
			for (const name of names) {
				const channel = channels[name];
				// low and high are not both called what the axis is called
				if (channel && 'column' in channel)
					add(
						channel.column,
						name === axis ? label : undefined,
						// parts of a whole are drawn, and the table has what they are parts of
						stack === 'share' ? plain : (value) => writeValue(value, { locale, format, percent })
					);
			}
	};
	add(plot.facet?.x);
	add(plot.facet?.y);
	const namesFirst = y.kind === 'ordinal' && x.kind !== 'ordinal';
	if (namesFirst) along('y', 'y', 'y1', 'y2');
	else along('x', 'x', 'x1', 'x2');
	const colour = plot.color ?? {};
	for (const { fill, stroke } of plot.marks)
		for (const told of [fill, stroke])
			if (
				told &&
				'column' in told &&
				!plot.marks.some(
					({ channels }) => channels.y && 'column' in channels.y && channels.y.column === told.column
				)
			)
				add(told.column, colour.label, (value) =>
					writeValue(value, { locale, format: colour.format, percent: colour.percent })
				);
	for (const { z } of plot.marks) add(z);
	if (namesFirst) along('x', 'x', 'x1', 'x2');
	else along('y', 'y', 'y1', 'y2');
	for (const { channels, text, format, weight } of plot.marks) {
		if (channels.r && 'column' in channels.r) add(channels.r.column);
		add(text, undefined, (value) => writeValue(value, { locale, format }));
		add(weight);
	}
	return [...uses.values()];
}

function columnTable(rows: readonly Row[], prepared: Prepared): ChartTable {
	const columns = usedColumns(prepared).map((use) => ({
		...use,
		values: prepared.source.values(use.column)
	}));
	return {
		columns: columns.map(({ column, label }) => ({
			label: label ?? column,
			numeric: prepared.source.kind(column) === 'number'
		})),
		rows: rows.map((_, at) => columns.map(({ values, write }) => cellOf(values[at] ?? null, write)))
	};
}

const cellOf = (value: Value, write: Writer): ChartCell =>
	typeof value === 'number'
		? counted(value, write)
		: value === null
			? counted(null, write)
			: named(write(value));

/** The rows of a histogram, or of boxes. */
function madeTable(mark: ShownMark, prepared: Prepared): ChartTable {
	const { plot, locale, shapes, facets, colours } = prepared;
	const plain: Writer = (value) => writeValue(value, { locale });
	const ofMark = shapes.filter((shape) => shape.mark === mark);
	const small = [
		...(facets.x.length > 0 ? (['x'] as const) : []),
		...(facets.y.length > 0 ? (['y'] as const) : [])
	];
	const smallColumns = small.map((axis) =>
		column(plot.labels?.[plot.facet?.[axis] ?? ''] ?? plot.facet?.[axis] ?? '')
	);
	const smallCells = ({ facet }: Item) => small.map((axis) => cellOf(facet?.[axis] ?? null, plain));
	if (mark.mark === 'bin') {
		const isNamed = mark.fill && 'column' in mark.fill;
		const place: Writer = (value) =>
			writeValue(value, { locale, format: plot.x?.format, percent: plot.x?.percent });
		return {
			columns: [
				...smallColumns,
				column(m.plot_from({}, { locale })),
				column(m.plot_to({}, { locale })),
				...(isNamed ? [column(plot.color?.label ?? m.plot_group({}, { locale }))] : []),
				column(
					plot.y?.label ?? (mark.share ? m.plot_share({}, { locale }) : m.plot_count({}, { locale })),
					true
				)
			],
			rows: (ofMark[0]?.items ?? []).map((item) => [
				...smallCells(item),
				cellOf(item.x1 ?? null, place),
				cellOf(item.x2 ?? null, place),
				...(isNamed
					? [cellOf(item.fill, (value) => (colours.kind === 'names' ? colours.write(value) : plain(value)))]
					: []),
				cellOf(Number(item.y2) - Number(item.y1), (value) =>
					writeValue(value, {
						locale,
						format: plot.y?.format,
						percent: plot.y?.percent,
						decimals: mark.share ? undefined : 0
					})
				)
			])
		};
	}
	const [across, along] = mark.mark === 'boxY' ? (['x', 'y'] as const) : (['y', 'x'] as const);
	const [whiskers, boxes, medians] = ofMark;
	const write: Writer = (value) =>
		writeValue(value, { locale, format: plot[along]?.format, percent: plot[along]?.percent });
	const hasGroups = mark.channels[across] !== undefined;
	return {
		columns: [
			...smallColumns,
			...(hasGroups ? [column(plot[across]?.label ?? m.plot_group({}, { locale }))] : []),
			column(m.plot_lower_whisker({}, { locale }), true),
			column(m.plot_lower_quartile({}, { locale }), true),
			column(m.plot_median({}, { locale }), true),
			column(m.plot_upper_quartile({}, { locale }), true),
			column(m.plot_upper_whisker({}, { locale }), true)
		],
		rows: (boxes?.items ?? []).map((box, at, { length }) => [
			...smallCells(box),
			...(hasGroups ? [cellOf(box[across] ?? null, plain)] : []),
			cellOf(whiskers?.items[at]?.[`${along}1`] ?? null, write),
			cellOf(box[`${along}1`] ?? null, write),
			cellOf(medians?.items[at]?.[along] ?? null, write),
			cellOf(box[`${along}2`] ?? null, write),
			cellOf(whiskers?.items[length + at]?.[`${along}2`] ?? null, write)
		])
	};
}

const column = (label: string, numeric = false) => ({ label, numeric });
