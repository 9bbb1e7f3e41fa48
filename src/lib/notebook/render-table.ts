import type { Locale } from '#lib/catalogue/text.ts';
import type { ColumnSpec, TableSpec, Words } from './block.ts';
import { BlockFault, nearest } from './fault.ts';
import { FormatFault, formats, written } from './formats.ts';
import { plain } from './inline.ts';
import type { Block, ShownCell, Text } from './model.ts';
import { tableOf, type Scope } from './scope.ts';
import type { Cell, Row } from './table.ts';

/** A table as the reader sees it. Throws a BlockFault for a column that there is not, or a format that does not fit. */
export function renderTable(spec: TableSpec, scope: Scope, words: (words: Words) => Text): Block {
	const { columns: known, rows } = tableOf(spec.from, scope);
	const asked = spec.columns.flatMap(({ column, own, fromZero }) => [column, own, fromZero]);
	for (const name of [...asked, ...spec.sort.map((s) => s.column), spec.mark])
		if (name !== undefined && !known.includes(name))
			throw new BlockFault(`${spec.from} has no column ${name}${nearest(name, known)}`);
	const title = words(spec.title);
	return {
		kind: 'table',
		title,
		dense: spec.dense,
		sheet: plain(spec.sheet ? words(spec.sheet) : title),
		intro: spec.intro ? words(spec.intro) : null,
		note: spec.note ? words(spec.note) : null,
		empty: spec.empty ? words(spec.empty) : null,
		columns: spec.columns.map((column) => ({
			name: column.column,
			label: words(column.label),
			definition: column.definition ? words(column.definition) : null,
			numeric: column.as === 'text' && (formats[column.format]?.numeric ?? false),
			format: column.format,
			as: column.as,
			width: column.width ?? null
		})),
		rows: sorted(rows, spec.sort, scope.locale).map((row) => ({
			marked: spec.mark !== undefined && Boolean(row[spec.mark]),
			cells: spec.columns.map((column) => shown(row, column, scope))
		}))
	};
}

function shown(
	row: Row,
	{ column, as, own, fromZero, format, argument }: ColumnSpec,
	{ locale }: Scope
): ShownCell {
	const value = row[column] ?? null;
	if (as === 'text') {
		try {
			return { value, text: written(value, format, argument, locale) };
		} catch (error) {
			if (error instanceof FormatFault) throw new BlockFault(`the column ${column}: ${error.message}`);
			throw error;
		}
	}
	const share = own === undefined ? null : row[own];
	return {
		value,
		text: '',
		own: typeof share === 'number' ? share : null,
		fromZero: fromZero !== undefined && Boolean(row[fromZero])
	};
}

/** The rows in the order of the columns named; those without a value last, whichever way. Equal rows keep their order. */
function sorted(rows: readonly Row[], sort: TableSpec['sort'], locale: Locale): Row[] {
	const { compare } = new Intl.Collator(locale);
	return rows.toSorted((a, b) => {
		for (const { column, descending } of sort) {
			const order = compared(a[column] ?? null, b[column] ?? null, compare);
			if (order !== 0) return bothTold(a[column], b[column]) && descending ? -order : order;
		}
		return 0;
	});
}

function compared(a: Cell, b: Cell, compare: (a: string, b: string) => number): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	if (typeof a === 'string' && typeof b === 'string') return compare(a, b);
	return a < b ? -1 : a > b ? 1 : 0;
}

const bothTold = (a: Cell | undefined, b: Cell | undefined) => (a ?? null) !== null && (b ?? null) !== null;
