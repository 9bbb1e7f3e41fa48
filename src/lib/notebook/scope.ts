import type { Locale } from '#lib/catalogue/text.ts';
import { BlockFault, nearest } from './fault.ts';
import type { Cell, Row, Tables } from './table.ts';

/** What a block can name: the tables, and inside loops the row of each. */
export type Scope = { tables: Tables; rows: ReadonlyMap<string, Row>; locale: Locale };

/** The table of a name. Throws a BlockFault for a name that there is not. */
export function tableOf(
	name: string,
	{ tables }: Scope
): { columns: readonly string[]; rows: readonly Row[] } {
	const found = tables.get(name);
	if (!found) throw new BlockFault(`there is no table ${name}${nearest(name, tables.keys())}`);
	return found;
}

/** The row that a value is taken from: the loop's, or the only one of its table. */
export function firstRow(name: string, scope: Scope): Row {
	const ofLoop = scope.rows.get(name);
	if (ofLoop) return ofLoop;
	const { rows } = tableOf(name, scope);
	const [row] = rows;
	if (!row || rows.length > 1)
		throw new BlockFault(`a value is taken from a table of one row, and ${name} has ${rows.length}`);
	return row;
}

/** The cell of a column. Throws a BlockFault for a column that there is not. */
export function cellOf(row: Row, table: string, column: string): Cell {
	const cell = row[column];
	if (cell === undefined)
		throw new BlockFault(`${table} has no column ${column}${nearest(column, Object.keys(row))}`);
	return cell;
}
