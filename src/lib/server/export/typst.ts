import { paperPalette } from '#lib/charts/palette.ts';
import { sparkline, stripCell } from '#lib/charts/sparkline.ts';
import type { Picture } from '#lib/notebook/block.ts';
import { m } from '#lib/paraglide/messages.js';
import { plain, type Inline } from '#lib/notebook/inline.ts';
import type { Block, Model, Shown, ShownCell, ShownColumn, Text } from '#lib/notebook/model.ts';
import type { Day } from '#lib/period/day.ts';
import { drawChart } from './draw-chart.ts';
import { columnSpace, paperColumns, paperTextWidth, paperWidth, tableSizes } from './paper-columns.ts';

/** What the Typst template is given. */
export type PaperDocument = Readonly<Record<string, unknown>>;

/** Sizes in points of the small pictures in tables. */
const spark = { width: 54, height: 8.5 };
const stripWidth = 66;
const barWidth = 48;
const pictureWidths: Readonly<Record<Picture, number>> = {
	text: 0,
	heat: 0,
	sparkline: spark.width,
	strip: stripWidth,
	bar: barWidth
};

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
		blocks: blocksOf(model.blocks, model)
	};
}

const blocksOf = (blocks: readonly Block[], model: Model): unknown[] =>
	blocks.map((block, at) => blockOf(block, model, `c${at}`));

function blockOf(block: Block, model: Model, id: string): unknown {
	switch (block.kind) {
		case 'heading':
		case 'paragraph':
			return { ...block, text: parts(block.text) };
		case 'list':
			return { ...block, items: block.items.map((item) => blocksOf(item, model)) };
		case 'section':
			return { ...block, blocks: blocksOf(block.blocks, model) };
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
			return tableOf(block);
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

type TableBlock = Extract<Block, { kind: 'table' }>;

function tableOf({ kind, title, intro, note, empty, dense, columns, rows }: TableBlock): unknown {
	const { widths, wraps } = paperColumns(columns, rows, dense, (as) => pictureWidths[as]);
	return {
		kind,
		title: parts(title),
		intro: intro && parts(intro),
		note: note && parts(note),
		empty: empty && parts(empty),
		dense,
		sizes: tableSizes(dense),
		space: columnSpace,
		pictures: columns.some(({ as }) => as !== 'text'),
		columns: columns.map(({ label, numeric }, at) => ({ label: parts(label), numeric, ...widths[at] })),
		rows: rows.map(({ marked, cells }, at) => ({
			marked,
			wraps: wraps[at] ?? true,
			cells: cells.map((cell, place) => cellOf(cell, columns[place], marked))
		}))
	};
}

function cellOf(
	{ value, text, own, fromZero }: ShownCell,
	column: ShownColumn | undefined,
	marked: boolean
): unknown {
	if (column?.as === 'text' || column === undefined) return text;
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
			case 'link':
				return { kind: part.kind, href: part.href, parts: parts(part.children) };
			default:
				return part;
		}
	});
}
