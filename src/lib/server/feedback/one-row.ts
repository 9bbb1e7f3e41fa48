import type { Cell, ColumnType, Table } from '#lib/notebook/table.ts';

export type Columns = Record<string, [type: ColumnType, value: Cell]>;

/** A table of one row, its columns each with type and value. */
export function one(columns: Columns): Table {
	return {
		columns: Object.fromEntries(Object.entries(columns).map(([name, [type]]) => [name, type])),
		rows: [Object.fromEntries(Object.entries(columns).map(([name, [, value]]) => [name, value]))]
	};
}
