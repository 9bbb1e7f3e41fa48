/** A value of a table. A list of numbers is drawn as a sparkline or a strip; days are text, `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null | readonly (number | null)[];

export type Row = Readonly<Record<string, Cell>>;

/** What a column holds. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'day' | 'numbers';

/** A table that a notebook is given: the columns with their types, and the rows. */
export type Table = { columns: Readonly<Record<string, ColumnType>>; rows: readonly Row[] };

/**
 * The tables that a run has, given and made: the names of the columns, and the rows. `isCut`: there were more rows than
 * a run keeps.
 */
export type Tables = ReadonlyMap<
	string,
	{ columns: readonly string[]; rows: readonly Row[]; isCut?: boolean }
>;

/** A name of a table or column. */
export const namePattern = /^[a-z][a-z0-9_]*$/;
