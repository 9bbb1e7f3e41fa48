import { formatCount } from '#lib/format/numbers.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { sparkline, stripCell } from '#lib/charts/sparkline.ts';
import type { Picture } from '#lib/notebook/block.ts';
import type { ShownCell, ShownColumn, TableBlock } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { barOf, shadeOf } from './amount.ts';
import { columnSpace, paperColumns, tableSizes } from './paper-columns.ts';
import { parts } from './paper-text.ts';

/** Sizes in points of the small pictures in tables. */
const spark = { width: 54, height: 8.5 };
const stripWidth = 66;
const barLength = 42;
/** Between a bar and its number there is a little space. */
const barWidth = barLength + 6;
const pictureWidths: Readonly<Record<Picture, number>> = {
	text: 0,
	heat: 8,
	sparkline: spark.width,
	strip: stripWidth,
	bar: barWidth
};

/** So many rows of a table are printed; a list of more is for a spreadsheet. */
const mostRows = 500;

/** The light shades of the page, each with what is written on it. */
const paperShades = [
	{ ground: '#eef5f7', ink: paperPalette.ink },
	{ ground: '#cfe3ea', ink: paperPalette.ink },
	{ ground: '#a3cbd8', ink: paperPalette.ink },
	{ ground: '#6ba9bd', ink: paperPalette.ink },
	{ ground: '#0a5f7a', ink: '#ffffff' }
];

/** A table as the template reads it: its first rows, how wide each column is, and what it does not show. */
export function paperTable(block: TableBlock, locale: Locale): unknown {
	const { kind, title, intro, note, empty, dense, columns, totals } = block;
	const rows = block.rows.slice(0, mostRows);
	const measured = totals ? [...rows, { marked: false, cells: totals }] : rows;
	const { widths, wraps } = paperColumns(columns, measured, dense, (as) => pictureWidths[as]);
	const notes = [note && parts(note), ...cuts(block, locale).map((text) => [text])].filter(
		(each) => each !== null
	);
	return {
		kind,
		title: parts(title),
		intro: intro && parts(intro),
		note: notes.length ? notes.flatMap((each, at) => (at ? [' ', ...each] : each)) : null,
		empty: empty && parts(empty),
		dense,
		sizes: tableSizes(dense),
		space: columnSpace,
		pictures: columns.some(({ as }) => as === 'sparkline' || as === 'strip' || as === 'bar'),
		columns: columns.map(({ label, numeric, as }, at) => ({
			label: parts(label),
			numeric,
			...(as === 'heat' && { heat: true }),
			...widths[at]
		})),
		rows: rows.map(({ marked, cells }, at) => ({
			marked,
			wraps: wraps[at] ?? true,
			cells: cells.map((cell, place) => cellOf(cell, columns[place], marked))
		})),
		...(totals && { totals: totals.map(({ text }) => text) })
	};
}

/** What a table does not show, as sentences. */
function cuts({ rows, page, isCut }: TableBlock, locale: Locale): string[] {
	const count = (number: number) => formatCount(number, locale);
	const of = page?.of ?? rows.length;
	const shown = Math.min(mostRows, rows.length);
	return [
		...(shown < of ? [m.block_rest({ shown: count(shown), of: count(of) }, { locale })] : []),
		...(isCut ? [m.block_cut({ count: count(of) }, { locale })] : [])
	];
}

function cellOf(
	{ value, text, own, fromZero }: ShownCell,
	column: ShownColumn | undefined,
	marked: boolean
): unknown {
	if (column?.as === 'text' || column === undefined) return text;
	if (column.as === 'heat' || column.as === 'bar') {
		if (typeof value !== 'number' || !column.domain) return text;
		if (column.as === 'heat')
			return { kind: 'heat', text, ...paperShades[shadeOf(value, column.domain) - 1] };
		const [from, to] = barOf(value, column.domain);
		return { kind: 'bar', text, width: barLength, from: from * barLength, to: to * barLength };
	}
	const numbers = Array.isArray(value) ? (value as (number | null)[]) : [];
	if (column.as === 'sparkline')
		return { kind: column.as, ...spark, ...sparkline(numbers, { ...spark, fromZero }) };
	const strip = stripCell(numbers, own ?? null, stripWidth);
	return strip ? { kind: column.as, width: stripWidth, marked, ...strip } : '';
}
