import { placeText } from '#lib/format/band-text.ts';
import { sparklineSvg, stripCellSvg } from '#lib/charts/sparkline.ts';
import { formatShare } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import { plain } from '#lib/notebook/inline.ts';
import type { Block, ChartBlock, Model, ShownCell, ShownColumn, Text } from '#lib/notebook/model.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { drawChart } from './draw-chart.ts';

const chartWidth = 640;

/** A run notebook as the inside of a page: every text escaped, charts drawn, no style and no script of its own. */
export function htmlOf(model: Model): string {
	const { overline, title, subtitle } = model;
	return [
		'<header class="report-head">',
		overline ? `<p class="overline">${inline(overline)}</p>` : '',
		`<h1>${inline(title)}</h1>`,
		subtitle ? `<p class="subtitle">${inline(subtitle)}</p>` : '',
		'</header>',
		blocks(model.blocks, model.locale, 'c')
	].join('');
}

/** A run notebook as a page that needs nothing else: to be kept as a file. */
export function htmlDocument(model: Model): string {
	const title = [plain(model.title), model.subtitle && plain(model.subtitle)].filter(Boolean).join(', ');
	return `<!doctype html>
<html lang="${model.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><main class="report">${htmlOf(model)}</main></body></html>
`;
}

const blocks = (each: readonly Block[], locale: Locale, id: string): string =>
	each.map((block, at) => blockOf(block, locale, `${id}${at}`)).join('\n');

function blockOf(block: Block, locale: Locale, id: string): string {
	switch (block.kind) {
		case 'heading':
			return `<h${block.level + 1}>${inline(block.text)}</h${block.level + 1}>`;
		case 'paragraph':
			return `<p>${inline(block.text)}</p>`;
		case 'list': {
			const name = block.ordered ? 'ol' : 'ul';
			return `<${name}>${block.items.map((item, at) => `<li>${blocks(item, locale, `${id}-${at}-`)}</li>`).join('')}</${name}>`;
		}
		case 'section':
			return `<div class="${block.role}">${blocks(block.blocks, locale, `${id}-`)}</div>`;
		case 'cards':
			return `<dl class="cards">${block.cards.map(card).join('')}</dl>`;
		case 'table':
			return tableOf(block, locale);
		case 'chart':
			return chartOf(block, locale, id);
		case 'quote':
			return `<blockquote>${blocks(block.blocks, locale, `${id}-`)}</blockquote>`;
		case 'code':
			return `<pre><code>${escaped(block.text)}</code></pre>`;
		case 'rule':
			return '<hr>';
		case 'grid':
		case 'inputs':
			return '';
		case 'fault':
			return `<p class="fault" role="alert">${escaped(`${block.fault.line}: ${block.fault.message}`)}</p>`;
	}
}

type CardsBlock = Extract<Block, { kind: 'cards' }>;
type TableBlock = Extract<Block, { kind: 'table' }>;

const card = ({ label, value, note, marked }: CardsBlock['cards'][number]) =>
	`<div${marked ? ' class="marked"' : ''}><dt>${inline(label)}</dt><dd>${inline(value)}</dd>${
		note ? `<dd class="note">${inline(note)}</dd>` : ''
	}</div>`;

function tableOf({ title, intro, note, empty, columns, rows, dense }: TableBlock, locale: Locale): string {
	if (rows.length === 0) return empty ? `<p>${inline(empty)}</p>` : '';
	const label = escaped(plain(title));
	const heads = columns.map(
		({ label: head, numeric }) => `<th scope="col"${kindOf({ numeric })}>${inline(head)}</th>`
	);
	const body = rows.map(({ marked, cells }) => {
		const written = cells.map((cell, at) => {
			const column = columns[at];
			const content = column ? cellOf(cell, column, locale) : '';
			if (at === 0) return `<th scope="row">${marked ? mark(locale) : ''}${content}</th>`;
			return `<td${kindOf(column)}>${content}</td>`;
		});
		return `<tr>${written.join('')}</tr>`;
	});
	const before = intro ? `<p>${inline(intro)}</p>` : '';
	return `${before}<div class="wide" tabindex="0" role="region" aria-label="${label}"><table${dense ? ' class="dense"' : ''}><caption>${inline(title)}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>${
		note ? `<p class="note">${inline(note)}</p>` : ''
	}`;
}

const number = (numeric: boolean | undefined) => (numeric ? ' class="number"' : '');

/** Numbers stand under numbers; a text that has no share of the width is not broken. */
function kindOf(column: Partial<ShownColumn> | undefined): string {
	if (!column || column.numeric) return number(column?.numeric);
	return column.as === 'text' && column.width === null ? ' class="tight"' : '';
}

const mark = (locale: Locale) =>
	`<span class="mark"><span class="visually-hidden">${escaped(m.report_look_here({}, { locale }))} </span></span>`;

function cellOf({ value, text, own, fromZero }: ShownCell, { as }: ShownColumn, locale: Locale): string {
	if (as === 'text') return escaped(text);
	const numbers = Array.isArray(value) ? (value as (number | null)[]) : [];
	const known = numbers.filter((each) => each !== null);
	if (known.length === 0) return '';
	const share = (each: number | null | undefined) =>
		each === null || each === undefined ? '–' : formatShare(each, locale);
	const said =
		as === 'sparkline'
			? m.figure_trend_range(
					{ low: share(Math.min(...known)), high: share(Math.max(...known)), last: share(known.at(-1)) },
					{ locale }
				)
			: placeText(own, numbers, locale);
	const picture =
		as === 'sparkline'
			? sparklineSvg(numbers, { width: 96, height: 20, fromZero: fromZero ?? false })
			: stripCellSvg(numbers, own ?? null, { width: 110, height: 14 });
	return `${picture}<span class="visually-hidden">${escaped(said)}</span>`;
}

function chartOf(block: ChartBlock, locale: Locale, id: string): string {
	const { svg, numbers } = drawChart(block, { locale, id, width: chartWidth });
	const heads = numbers.columns.map(
		({ label, numeric }) => `<th scope="col"${number(numeric)}>${escaped(label)}</th>`
	);
	const rows = numbers.rows.map((cells) => {
		const written = cells.map(({ text }, at) =>
			at === 0
				? `<th scope="row">${escaped(text)}</th>`
				: `<td${number(numbers.columns[at]?.numeric)}>${escaped(text)}</td>`
		);
		return `<tr>${written.join('')}</tr>`;
	});
	return `<figure><h3>${inline(block.title)}</h3>${svg}${
		block.note ? `<figcaption>${inline(block.note)}</figcaption>` : ''
	}<details><summary>${escaped(m.figure_as_table({}, { locale }))}</summary><div class="wide" tabindex="0" role="region" aria-label="${escaped(plain(block.title))}"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details></figure>`;
}

function inline(text: Text): string {
	return text
		.map((part): string => {
			switch (part.kind) {
				case 'text':
					return escaped(part.text);
				case 'value':
					return escaped(part.value.text);
				case 'strong':
					return `<strong>${inline(part.children)}</strong>`;
				case 'emphasis':
					return `<em>${inline(part.children)}</em>`;
				case 'code':
					return `<code>${escaped(part.text)}</code>`;
				case 'link':
					return `<a href="${escaped(part.href)}">${inline(part.children)}</a>`;
				case 'break':
					return '<br>';
				case 'footnote':
					return `<sup>${part.number}</sup>`;
			}
		})
		.join('');
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** What a file of its own looks like; on a page of the app the same classes are styled by NotebookPage.svelte. */
const style = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1c1c21;--ink-soft:#5f5e5a;--rule:#dedad1;--accent:#0a5f7a;--attention:#b3400e;--neutral-2:#e4e1d9;--neutral-4:#a09d95;--neutral-5:#6b6a66;--category-2:#c68516;--category-3:#7487f2;--category-4:#721627;--category-5:#6d6610;--category-6:#289b9b}
@media (prefers-color-scheme:dark){@media not print{:root{--ground:#16171a;--ink:#e8e6e1;--ink-soft:#a8a6a0;--rule:#33343a;--accent:#6cc0da;--attention:#ff9d66;--neutral-2:#2c2d32;--neutral-4:#6d6e74;--neutral-5:#a09f9b;--category-2:#f0dd65;--category-3:#5d7de5;--category-4:#bc6794;--category-5:#9a781b;--category-6:#f39a72}}}
html{background:var(--ground);color:var(--ink);font:17px/1.45 'Source Sans 3','Source Sans Pro',system-ui,sans-serif}
.report{max-width:56rem;margin:0 auto;padding:2rem 1.5rem}
h1,h2,h3{line-height:1.2;font-weight:600}h1{font-size:2.2rem;margin:0}h2{margin:2.5rem 0 .5rem;font-size:1.3rem}h3,caption{font-size:1rem;font-weight:600;text-align:start;margin:1.5rem 0 .5rem}
p,ul,ol{max-width:70ch}.overline{margin:0;color:var(--accent);font-weight:600;font-size:.86rem}.subtitle{margin:.25rem 0 0;color:var(--ink-soft)}.report-head{padding-block-end:1rem;border-block-end:1px solid var(--ink)}
.lead{font-size:1.2rem}.note,figcaption,summary,small{color:var(--ink-soft);font-size:.86rem}figure{margin:0}figure svg{max-width:100%;height:auto;overflow:visible}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1.5rem}.cards>div{border-block-start:2px solid var(--ink);padding-block-start:.5rem}.cards .marked{border-color:var(--attention)}.cards dt{color:var(--ink-soft);font-size:.86rem}.cards dd{margin:0;font-size:1.6rem;font-weight:600}.cards .marked dd:not(.note){color:var(--attention)}.cards dd.note{font-size:.86rem;font-weight:400}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin-block:1rem}.dense{font-size:.9rem}th,td{padding:.3rem 1rem .3rem 0;border-block-end:1px solid var(--rule);text-align:start;vertical-align:baseline;font-weight:400}thead th{border-color:var(--ink);color:var(--ink-soft);font-size:.86rem;vertical-align:bottom}.number{text-align:end;white-space:nowrap}.tight{white-space:nowrap}
.mark::before{content:'● ';color:var(--attention)}.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{details{display:none}tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}}
`.trim();
