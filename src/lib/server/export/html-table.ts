import { pagePalette } from '#lib/charts/palette.ts';
import { sparklineSvg, stripCellSvg } from '#lib/charts/sparkline.ts';
import { addressWith } from '#lib/format/address.ts';
import { placeText } from '#lib/format/band-text.ts';
import { formatCount } from '#lib/format/numbers.ts';
import { written } from '#lib/notebook/formats.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { ShownCell, ShownColumn, TableBlock } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { barOf, shadeOf } from './amount.ts';
import { pageKey } from './html-inputs.ts';
import { lineOf, type Place } from './html-place.ts';
import { escaped } from './html-text.ts';

/** So many rows a page shows of a table that is not paged: with more it is no longer read, and slow. */
const mostRows = 2000;
const bar = { width: 72, height: 10 };

/** A table of a page or file, with its ways to its other pages. */
export function tableHtml(block: TableBlock, place: Place): string {
	const { title, intro, note, empty, columns, rows, totals, dense, line } = block;
	const { locale, inline } = place;
	const paragraph = (text: string, kind = '') => `<p${kind}>${text}</p>`;
	if (rows.length === 0) return empty ? `<p${lineOf(place, line)}>${inline(empty)}</p>` : '';
	const label = escaped(plain(title));
	const before = intro ? paragraph(inline(intro)) : '';
	const caption = inline(title);
	const heads = columns.map(
		({ label: head, numeric, as }) =>
			`<th scope="col"${kindOf({ numeric, ...(as === 'heat' && { as }) })}>${inline(head)}</th>`
	);
	const body = rows
		.slice(0, mostRows)
		.map(({ marked, cells }) => rowOf(cells, columns, place, marked ? mark(locale) : ''));
	const foot = totals ? `<tfoot>${rowOf(totals, columns, place, '', true)}</tfoot>` : '';
	const count = (n: number) => formatCount(n, locale);
	const notes = [
		note && inline(note),
		rows.length > mostRows &&
			escaped(m.block_rest({ shown: count(mostRows), of: count(rows.length) }, { locale })),
		block.isCut && escaped(m.block_cut({ count: count(block.page?.of ?? rows.length) }, { locale }))
	];
	return `${before}<div class="wide" id="t-${place.id}" tabindex="0" role="region" aria-label="${label}"${lineOf(place, line)}><table${dense ? ' class="dense"' : ''}><caption>${caption}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('\n')}</tbody>${foot}</table></div>${pager(
		block,
		place
	)}${notes.map((each) => (each ? paragraph(each, ' class="note"') : '')).join('')}`;
}

function rowOf(
	cells: readonly ShownCell[],
	columns: readonly ShownColumn[],
	place: Place,
	before: string,
	isTotal = false
): string {
	const tags = cells.map((cell, at) => {
		const column = columns[at];
		const content = column ? (isTotal ? escaped(cell.text) : cellOf(cell, column, place)) : '';
		if (at === 0 && !isTotal) return `<th scope="row"${amountClass(cell, column)}>${before}${content}</th>`;
		// a head without words heads nothing
		if (at === 0 && content !== '') return `<th scope="row">${content}</th>`;
		return `<td${kindOf(column, isTotal ? undefined : cell)}>${content}</td>`;
	});
	return `<tr>${tags.join('')}</tr>`;
}

/** Which rows these are, and the ways to those before and after. */
function pager({ page, from, title }: TableBlock, { query, locale, id }: Place): string {
	if (!page || query === null) return '';
	const count = (n: number) => formatCount(n, locale);
	const shown = m.block_rows({ from: count(page.from), to: count(page.to), of: count(page.of) }, { locale });
	const way = (rel: 'prev' | 'next', number: number, text: string) =>
		number < 1 || number > page.pages
			? ''
			: ` <a rel="${rel}" href="${escaped(`${addressWith('', query, pageKey + from, number === 1 ? null : String(number)) || '?'}#t-${id}`)}">${escaped(text)}</a>`;
	return `<nav class="pager" aria-label="${escaped(m.block_pages({ title: plain(title) }, { locale }))}"><span>${escaped(shown)}</span>${way(
		'prev',
		page.page - 1,
		m.block_previous({}, { locale })
	)}${way('next', page.page + 1, m.block_next({}, { locale }))}</nav>`;
}

/** Numbers stand under numbers; a text that has no share of the width is not broken; heat has its shade. */
function kindOf(column: Partial<ShownColumn> | undefined, cell?: ShownCell): string {
	const kinds = [
		column?.numeric && 'number',
		column && !column.numeric && column.as === 'text' && column.width === null && 'tight',
		column?.as === 'heat' && 'heat',
		shadeClass(cell, column)
	].filter(Boolean);
	return kinds.length ? ` class="${kinds.join(' ')}"` : '';
}

const shadeClass = (cell: ShownCell | undefined, column: Partial<ShownColumn> | undefined) =>
	column?.as === 'heat' && column.domain && typeof cell?.value === 'number'
		? `heat-${shadeOf(cell.value, column.domain)}`
		: '';

const amountClass = (cell: ShownCell, column: ShownColumn | undefined) => {
	const shade = shadeClass(cell, column);
	return shade ? ` class="heat ${shade}"` : '';
};

const mark = (locale: Place['locale']) =>
	`<span class="mark"><span class="visually-hidden">${escaped(m.report_look_here({}, { locale }))} </span></span>`;

function cellOf(cell: ShownCell, column: ShownColumn, { locale }: Place): string {
	const { value, text, own, fromZero } = cell;
	const { as, domain } = column;
	if (as === 'bar' && domain)
		return `<span class="barred">${barSvg(typeof value === 'number' ? value : null, domain)}${escaped(text)}</span>`;
	if (as !== 'sparkline' && as !== 'strip') return escaped(text);
	const numbers = Array.isArray(value) ? (value as (number | null)[]) : [];
	const known = numbers.filter((each) => each !== null);
	if (known.length === 0) return '';
	// the numbers of a small picture are shares, unless the column has a format
	const share = (each: number | null | undefined) =>
		written(each ?? null, column.format === 'text' ? 'share' : column.format, '', locale);
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

/** A bar before its number, which says what it is; one of no length where there is no number, so that numbers stay in place. */
function barSvg(value: number | null, domain: readonly [number, number]): string {
	const { width, height } = bar;
	const [start, end] = value === null ? [0, 0] : barOf(value, domain);
	const round = (part: number) => Math.round(part * width * 10) / 10;
	const drawn =
		end > start
			? `<path d="M${round(start)} 0H${round(end)}V${height}H${round(start)}z" fill="${pagePalette.muted}"/>`
			: '';
	return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${drawn}</svg>`;
}
