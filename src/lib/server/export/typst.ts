import { paperPalette } from '#lib/charts/palette.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { Block, Model } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Day } from '#lib/period/day.ts';
import { drawChart } from './draw-chart.ts';
import { chosenText } from './html-inputs.ts';
import { paperTextWidth, paperWidth } from './paper-columns.ts';
import { paperTable } from './paper-table.ts';
import { parts } from './paper-text.ts';

/** What the Typst template is given. */
export type PaperDocument = Readonly<Record<string, unknown>>;

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
			return paperTable(block, model.locale);
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
