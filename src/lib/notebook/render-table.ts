import type { Locale } from '#lib/catalogue/text.ts';
import { pagingOf } from '#lib/format/paging.ts';
import { BlockFault, nearest } from './fault.ts';
import { FormatFault, formats, written } from './formats.ts';
import { plain } from './inline.ts';
import type { ShownCell, ShownColumn, TableBlock } from './model.ts';
import { matchedRows, tableOf, type Scope } from './scope.ts';
import { sorted } from './sorted.ts';
import type { ColumnSpec, TableSpec } from './spec.ts';
import type { Cell, Row } from './table.ts';
import { totalOf } from './total.ts';
import { wordsIn } from './words-in.ts';

/** So many rows stand on a page of the screen where the table does not say how many. */
const usualRows = 200;

/** A table as the reader sees it. Throws a BlockFault for a column that there is not, or a format that does not fit. */
export function renderTable(spec: TableSpec, line: number, scope: Scope): TableBlock {
	const { columns: known, isCut = false } = tableOf(spec.from, scope);
	checkColumns(spec, known);
	const rows = sorted(matchedRows(spec.from, spec.match, scope), spec.sort, scope.locale);
	const page = pageOf(rows.length, spec, scope);
	const title = wordsIn(spec.title, scope);
	const optional = (words: TableSpec['note']) => (words ? wordsIn(words, scope) : null);
	return {
		kind: 'table',
		line,
		from: spec.from,
		title,
		dense: spec.dense,
		sheet: plain(optional(spec.sheet) ?? title),
		intro: optional(spec.intro),
		note: optional(spec.note),
		empty: optional(spec.empty),
		columns: spec.columns.map((column) => shownColumn(column, rows, scope)),
		rows: (page ? rows.slice(page.from - 1, page.to) : rows).map((row) => ({
			marked: spec.mark !== undefined && Boolean(row[spec.mark]),
			cells: spec.columns.map((column) => shown(row, column, scope))
		})),
		totals: spec.columns.some(({ total }) => total) && rows.length ? totals(spec, rows, scope) : null,
		page,
		isCut
	};
}

function checkColumns({ from, columns, sort, mark }: TableSpec, known: readonly string[]): void {
	const asked = columns.flatMap(({ column, own, fromZero, total }) => [
		column,
		own,
		fromZero,
		...(total && 'of' in total ? total.of : [])
	]);
	for (const name of [...asked, ...sort.map(({ column }) => column), mark])
		if (name !== undefined && !known.includes(name))
			throw new BlockFault(`${from} has no column ${name}${nearest(name, known)}`);
}

/** Which rows are shown, where pages are asked for; a page after the last one is the last. */
function pageOf(of: number, { from, rows = usualRows }: TableSpec, { pages }: Scope): TableBlock['page'] {
	if (!pages || of <= rows) return null;
	const asked = Math.min(Math.max(1, pages[from] ?? 1), Math.ceil(of / rows));
	const { first, last, page, pages: count } = pagingOf(asked, rows, of);
	return { from: first, to: last, of, page, pages: count };
}

function shownColumn(column: ColumnSpec, rows: readonly Row[], scope: Scope): ShownColumn {
	const { column: name, label, definition, format, as, width } = column;
	const isText = as === 'text' || as === 'bar' || as === 'heat';
	return {
		name,
		label: wordsIn(label, scope),
		definition: definition ? wordsIn(definition, scope) : null,
		numeric: isText && (formats[format]?.numeric ?? false),
		format,
		as,
		width: width ?? null,
		domain: as === 'bar' || as === 'heat' ? domainOf(column, rows) : null
	};
}

/** From where to where a column's bars or colours reach: as it says, else as its numbers do; bars begin at 0. */
function domainOf({ column, as, domain }: ColumnSpec, rows: readonly Row[]): [number, number] {
	if (domain) return domain;
	let low = as === 'bar' ? 0 : Infinity;
	let high = as === 'bar' ? 0 : -Infinity;
	for (const row of rows) {
		const value = row[column] ?? null;
		if (value === null) continue;
		if (typeof value !== 'number')
			throw new BlockFault(
				`the column ${column}: ${JSON.stringify(value)} is not a number, and ${as} shows numbers`
			);
		low = Math.min(low, value);
		high = Math.max(high, value);
	}
	return low <= high ? [low, high] : [0, 1];
}

function shown(row: Row, spec: ColumnSpec, scope: Scope): ShownCell {
	const { column, as, own, fromZero } = spec;
	const value = row[column] ?? null;
	if (as !== 'sparkline' && as !== 'strip') return { value, text: textOf(value, spec, scope.locale) };
	if (value !== null && !Array.isArray(value))
		throw new BlockFault(
			`the column ${column}: ${JSON.stringify(value)} is no list of numbers, and ${as} shows one`
		);
	const share = own === undefined ? null : row[own];
	return {
		value,
		text: '',
		own: typeof share === 'number' ? share : null,
		fromZero: fromZero !== undefined && Boolean(row[fromZero])
	};
}

/** The last row: what each column comes to, or the text that stands there. */
function totals({ columns }: TableSpec, rows: readonly Row[], scope: Scope): ShownCell[] {
	return columns.map((spec): ShownCell => {
		const { total, column } = spec;
		if (!total) return { value: null, text: '' };
		if ('words' in total) {
			const text = plain(wordsIn(total.words, scope));
			return { value: text, text };
		}
		const value = totalOf(total, column, rows);
		// a number of values is a number, whatever they are
		const isCount = 'kind' in total && total.kind === 'count';
		return {
			value,
			text: textOf(value, isCount ? { ...spec, format: 'count', argument: '' } : spec, scope.locale)
		};
	});
}

function textOf(value: Cell, { column, format, argument }: ColumnSpec, locale: Locale): string {
	try {
		return written(value, format, argument, locale);
	} catch (error) {
		if (error instanceof FormatFault) throw new BlockFault(`the column ${column}: ${error.message}`);
		throw error;
	}
}
