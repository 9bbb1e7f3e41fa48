import type { Locale } from '#lib/catalogue/text.ts';
import type { Footnotes } from './footnotes.ts';
import { BlockFault, nearest, type Fault } from './fault.ts';
import type { Cell, Row, Tables } from './table.ts';

/** What a block can name: the tables, inside loops the row of each, and the footnotes; and how it is told what is wrong. */
export type Scope = {
	tables: Tables;
	rows: ReadonlyMap<string, Row>;
	locale: Locale;
	footnotes: Footnotes;
	/** The notebook that these blocks were included from, and the line of the include. */
	within?: { name: string; line: number };
	/** SQL that has made no table, with what is wrong, by the table's name. */
	failed: ReadonlyMap<string, Fault>;
	/** Names of tables that there are though nobody has asked for their rows: what a misspelt one may have meant. */
	others: readonly string[];
	/** Which page of a long table is shown, by the table's name; all rows without it. */
	pages?: Readonly<Record<string, number>> | undefined;
};

/** The line of the notebook itself to which a line of these blocks belongs: that of the include, inside one. */
export const lineIn = ({ within }: Scope, line: number) => within?.line ?? line;

/** A fault at a line of these blocks; inside an include told at the include. */
export function faultIn({ within }: Scope, line: number, message: string): Fault {
	return within
		? { line: within.line, message: `in ${within.name}, line ${line}: ${message}` }
		: { line, message };
}

/** The table of a name. Throws a BlockFault for a name that there is not. */
export function tableOf(
	name: string,
	{ tables, failed, others }: Scope,
	line?: number
): { columns: readonly string[]; rows: readonly Row[]; isCut?: boolean } {
	const found = tables.get(name);
	if (found) return found;
	const fault = failed.get(name);
	if (fault) throw new BlockFault(`the table ${name} has not been made: see line ${fault.line}`, line);
	throw new BlockFault(`there is no table ${name}${nearest(name, [...tables.keys(), ...others])}`, line);
}

/** The row that a value is taken from: the loop's, or the only one of its table. */
export function firstRow(name: string, scope: Scope, line?: number): Row {
	const ofLoop = scope.rows.get(name);
	if (ofLoop) return ofLoop;
	const { rows } = tableOf(name, scope, line);
	const [row] = rows;
	if (!row || rows.length > 1)
		throw new BlockFault(`a value is taken from a table of one row, and ${name} has ${rows.length}`, line);
	return row;
}

/** The cell of a column. Throws a BlockFault for a column that there is not. */
export function cellOf(row: Row, table: string, column: string, line?: number): Cell {
	const cell = row[column];
	if (cell === undefined)
		throw new BlockFault(`${table} has no column ${column}${nearest(column, Object.keys(row))}`, line);
	return cell;
}

/**
 * The rows of a table that a block shows: inside a loop those only that are equal to the loop's row in the columns of
 * `match`. Throws a BlockFault for a column that there is not.
 */
export function matchedRows(
	from: string,
	match: readonly string[] | undefined,
	scope: Scope
): readonly Row[] {
	const { columns, rows } = tableOf(from, scope);
	if (!match) return rows;
	const wanted = match.map((column) => {
		if (!columns.includes(column))
			throw new BlockFault(`match: ${from} has no column ${column}${nearest(column, columns)}`);
		// the innermost loop that knows the column is the one that is meant
		const row = [...scope.rows.values()].findLast((each) => Object.hasOwn(each, column));
		if (!row)
			throw new BlockFault(
				`match: no loop around this block has a column ${column}: put the block into ::: each of a table that has it`
			);
		return [column, row[column]] as const;
	});
	return rows.filter((row) => wanted.every(([column, value]) => row[column] === value));
}
