import type { Locale } from '#lib/catalogue/text.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { sparkline, stripCell } from '#lib/charts/sparkline.ts';
import { formatCount } from '#lib/format/numbers.ts';
import type { Picture } from '#lib/notebook/block.ts';
import { m } from '#lib/paraglide/messages.js';
import { plain, type Inline } from '#lib/notebook/inline.ts';
import type { Block, Model, Shown, ShownCell, ShownColumn, TableBlock, Text } from '#lib/notebook/model.ts';
import type { Day } from '#lib/period/day.ts';
import { barOf, shadeOf } from './amount.ts';
import { drawChart } from './draw-chart.ts';
import { chosenText } from './html-inputs.ts';
import { columnSpace, paperColumns, paperTextWidth, paperWidth, tableSizes } from './paper-columns.ts';

/** What the Typst template is given. */
export type PaperDocument = Readonly<Record<string, unknown>>;

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

/** Charts are drawn at this many pixels for the width of the text; their letters come out at about 9 points. */
const chartWidth = 700;

/**
 * A run notebook as the JSON that reports/template.typ sets. The same model and day give the same text, and
 * so the same PDF.
 *
 * @param day the day that the document is dated: the one from which its figures are seen
 */
export function paperDocument(model: Model, { day, author }: { day: Day; author: string }): PaperDocument {
	const { locale } = model;
	const [year, month, date] = day.split('-').map(Number);
	const heading = plain(model.title);
	return {
		name: [heading, model.subtitle && plain(model.subtitle)].filter(Boolean).join(', '),
		author,
		date: [year, month, date],
		lang: locale,
		region: locale === 'sv' ? 'SE' : 'GB',
		palette: paperPalette,
		of: m.report_page_of({}, { locale }),
		overline: model.overline && parts(model.overline),
		title: parts(model.title),
		long: paperTextWidth(heading, 32) > paperWidth,
		subtitle: model.subtitle && parts(model.subtitle),
		footer: model.footer ? plain(model.footer) : heading,
		blocks: blocksOf(model.blocks, model),
		...(model.authors.length && {
			authors: m.block_authors({ names: model.authors.join(', ') }, { locale })
		}),
		...(model.footnotes.length && {
			notes: model.footnotes.map(({ number, text }) => ({ number, text: parts(text) }))
		})
	};
}

const blocksOf = (blocks: readonly Block[], model: Model): unknown[] =>
	blocks.map((block, at) => blockOf(block, model, `c${at}`));

function blockOf(block: Block, model: Model, id: string): unknown {
	switch (block.kind) {
		case 'heading':
			return { kind: block.kind, level: block.level, text: parts(block.text) };
		case 'paragraph':
			return { kind: block.kind, text: parts(block.text) };
		case 'list':
			return {
				kind: block.kind,
				ordered: block.ordered,
				items: block.items.map((item) => blocksOf(item, model))
			};
		case 'quote':
			return { kind: block.kind, blocks: blocksOf(block.blocks, model) };
		case 'section':
			return { kind: block.kind, role: block.role, blocks: blocksOf(block.blocks, model) };
		case 'code':
			return { kind: block.kind, text: block.text };
		case 'rule':
			return { kind: block.kind };
		case 'grid':
			return {
				kind: block.kind,
				align: block.align.map((side) => side ?? 'left'),
				head: block.head.map(parts),
				rows: block.rows.map((row) => row.map(parts))
			};
		case 'inputs':
			return { kind: 'chosen', text: chosenText(block.inputs) };
		case 'cards':
			return {
				kind: block.kind,
				cards: block.cards.map(({ label, value, note, marked }) => ({
					label: parts(label),
					value: parts(value),
					note: note && parts(note),
					marked
				}))
			};
		case 'table':
			return tableOf(block, model.locale);
		case 'chart':
			return {
				kind: block.kind,
				title: parts(block.title),
				alt: plain(block.alt),
				note: block.note && parts(block.note),
				svg: drawChart(block, { locale: model.locale, id, width: chartWidth, palette: paperPalette }).svg
			};
		case 'fault':
			throw new Error(`${model.name}:${block.fault.line} ${block.fault.message}`);
	}
}

function tableOf(block: TableBlock, locale: Locale): unknown {
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

/** Running text as the template reads it: texts, and objects for what is more than that. */
function parts(text: Text): unknown[] {
	return text.map((part: Inline<Shown>) => {
		switch (part.kind) {
			case 'text':
				return part.text;
			case 'value':
				return part.value.text;
			case 'strong':
			case 'emphasis':
				return { kind: part.kind, parts: parts(part.children) };
			case 'footnote':
				return { kind: part.kind, number: part.number };
			case 'link':
				return { kind: part.kind, href: part.href, parts: parts(part.children) };
			default:
				return part;
		}
	});
}
