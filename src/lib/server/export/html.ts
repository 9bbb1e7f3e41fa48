import type { Locale } from '#lib/catalogue/text.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { Block, ChartBlock, Model, Text } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { chartFault } from '#lib/server/notebook/chart-faults.ts';
import { drawChart } from './draw-chart.ts';
import { inputsHtml } from './html-inputs.ts';
import { firstPlace, lineOf, type Place } from './html-place.ts';
import { documentStyle } from './html-style.ts';
import { tableHtml } from './html-table.ts';
import { escaped } from './html-text.ts';

const chartWidth = 640;
const phone = { width: 360, tall: 480 };

/** So many rows of a chart's numbers are listed under it; all of them are in the workbook. */
const mostNumbers = 1000;

/**
 * A run notebook as the inside of a page: every text escaped, charts drawn, no style and no script of its own.
 *
 * @param query what the page's address asks (“unit=gavle&page-births=2”): fields and pages of tables keep the rest of it
 */
export function htmlOf(model: Model, { query = '' }: { query?: string } = {}): string {
	return inside(model, query.replace(/^\?/, ''));
}

/** A run notebook as a page that needs nothing else, its face included: to be kept as a file. */
export function htmlDocument(model: Model): string {
	const title = [plain(model.title), model.subtitle && plain(model.subtitle)].filter(Boolean).join(', ');
	return `<!doctype html>
<html lang="${model.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${escaped(title)}</title><style>${documentStyle()}</style></head>
<body><main class="report">${inside(model, null)}</main></body></html>
`;
}

function inside(model: Model, query: string | null): string {
	const { overline, title, subtitle, authors, locale } = model;
	const place = firstPlace(locale, query);
	const { inline } = place;
	const by = authors.length ? m.block_authors({ names: authors.join(', ') }, { locale }) : '';
	return [
		'<header class="report-head">',
		overline ? `<p class="overline">${inline(overline)}</p>` : '',
		`<h1>${inline(title)}</h1>`,
		subtitle ? `<p class="subtitle">${inline(subtitle)}</p>` : '',
		by ? `<p class="subtitle">${escaped(by)}</p>` : '',
		'</header>',
		blocks(model.blocks, place),
		footnotes(model, place)
	].join('');
}

const blocks = (each: readonly Block[], place: Place): string =>
	each.map((block, at) => blockOf(block, { ...place, id: `${place.id}${at}` })).join('\n');

function blockOf(block: Block, place: Place): string {
	const { inline } = place;
	const line = lineOf(place, block.line);
	const within = (each: readonly Block[], part = '') => blocks(each, { ...place, id: `${place.id}-${part}` });
	switch (block.kind) {
		case 'heading':
			return `<h${block.level + 1}${line}>${inline(block.text)}</h${block.level + 1}>`;
		case 'paragraph':
			return `<p${line}>${inline(block.text)}</p>`;
		case 'list': {
			const name = block.ordered ? 'ol' : 'ul';
			return `<${name}${line}>${block.items.map((item, at) => `<li>${within(item, `${at}-`)}</li>`).join('')}</${name}>`;
		}
		case 'quote':
			return `<blockquote${line}>${within(block.blocks)}</blockquote>`;
		case 'code':
			return `<pre${line} tabindex="0"><code>${escaped(block.text)}</code></pre>`;
		case 'rule':
			return `<hr${line}>`;
		case 'grid':
			return gridOf(block, place);
		case 'section':
			return `<div class="${block.role}">${within(block.blocks)}</div>`;
		case 'cards':
			return `<dl class="cards"${line}>${block.cards.map((each) => card(each, inline)).join('')}</dl>`;
		case 'inputs':
			return inputsHtml(block.inputs, block.line, place);
		case 'table':
			return tableHtml(block, place);
		case 'chart':
			return chartOf(block, place);
		case 'fault':
			return faultOf(block.fault, place);
	}
}

/** What is wrong, where it stands: written for the notebook's writer, in the language of the program. */
const faultOf = ({ line, message }: { line: number; message: string }, place: Place) =>
	`<p class="fault"${lineOf(place, line)}><strong>${escaped(m.block_fault_line({ line: String(line) }, { locale: place.locale }))}</strong> <span lang="en">${escaped(message)}</span></p>`;

type CardsBlock = Extract<Block, { kind: 'cards' }>;

const card = ({ label, value, note, marked }: CardsBlock['cards'][number], inline: (text: Text) => string) =>
	`<div${marked ? ' class="marked"' : ''}><dt>${inline(label)}</dt><dd>${inline(value)}</dd>${
		note ? `<dd class="note">${inline(note)}</dd>` : ''
	}</div>`;

/** A table in the text. A column set to the right is of numbers. */
function gridOf({ head, align, rows, line }: Extract<Block, { kind: 'grid' }>, place: Place): string {
	const { inline, locale } = place;
	const cells = (each: readonly Text[], name: 'th' | 'td') =>
		each
			.map((text, at) => {
				const kind =
					align[at] === 'right' ? ' class="number"' : align[at] === 'center' ? ' class="centre"' : '';
				return `<${name}${name === 'th' ? ' scope="col"' : ''}${kind}>${inline(text)}</${name}>`;
			})
			.join('');
	const label = head.map(plain).filter(Boolean).join(', ') || m.block_table({}, { locale });
	return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(label)}"${lineOf(place, line)}><table class="grid"><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`;
}

function chartOf(block: ChartBlock, place: Place): string {
	const { locale, id, inline } = place;
	const message = chartFault(block);
	if (message !== undefined) return faultOf({ line: block.line, message }, place);
	const { svg, numbers } = drawChart(block, { locale, id, width: chartWidth });
	// a phone has its own drawing: shrunk, the wide one would have letters that nobody can read
	const narrow = drawChart(block, { locale, id: `${id}n`, ...phone });
	return `<figure${lineOf(place, block.line)}><h3>${inline(block.title)}</h3><div class="broad">${svg}</div><div class="narrow">${narrow.svg}</div>${
		block.note ? `<figcaption>${inline(block.note)}</figcaption>` : ''
	}${numbersOf(numbers, block, locale)}</figure>`;
}

/** The numbers of a chart as a table that is opened when asked for. */
function numbersOf(
	{ columns, rows }: ReturnType<typeof drawChart>['numbers'],
	{ title }: ChartBlock,
	locale: Locale
): string {
	const kind = (numeric: boolean | undefined) => (numeric ? ' class="number"' : '');
	const heads = columns.map(({ label, numeric }) => `<th scope="col"${kind(numeric)}>${escaped(label)}</th>`);
	const body = rows.slice(0, mostNumbers).map((cells) => {
		const written = cells.map(({ text }, at) =>
			at === 0
				? `<th scope="row">${escaped(text)}</th>`
				: `<td${kind(columns[at]?.numeric)}>${escaped(text)}</td>`
		);
		return `<tr>${written.join('')}</tr>`;
	});
	const shown = { shown: String(mostNumbers), of: String(rows.length) };
	const rest =
		rows.length > mostNumbers ? `<p class="note">${escaped(m.block_rest(shown, { locale }))}</p>` : '';
	return `<details><summary>${escaped(m.figure_as_table({}, { locale }))}</summary><div class="wide" tabindex="0" role="region" aria-label="${escaped(plain(title))}"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>${rest}</details>`;
}

function footnotes({ footnotes: notes, locale }: Model, { inline }: Place): string {
	if (notes.length === 0) return '';
	const items = notes.map(({ number, text }) => {
		const back = m.block_footnote_back({ number: String(number) }, { locale });
		return `<li id="note-${number}">${inline(text)} <a href="#mention-${number}" aria-label="${escaped(back)}">↑</a></li>`;
	});
	return `<section class="footnotes" aria-label="${escaped(m.block_footnotes({}, { locale }))}"><ol>${items.join('')}</ol></section>`;
}
