import { Table, tableFromIPC, tableToIPC, Type, type Batch, type Column } from '@uwdata/flechette';
import type { Cell, ColumnType, Row } from './table.ts';

/** Columns and rows of an Arrow stream. `length` is the number of all its rows, also where only some were asked for. */
export type ArrowRows = {
	columns: { name: string; type: ColumnType }[];
	rows: Row[];
	length: number;
};

/** The rows of an Arrow stream from the place `from` up to, and without, the place `to`; all without them. */
export function rowsOfArrow(bytes: Uint8Array, from = 0, to = Infinity): ArrowRows {
	const table = tableFromIPC(bytes);
	void [table, from, to];
	throw new Error('not there yet');
}

/** The same table with only the rows from the place `from` up to, and without, the place `to`. */
export function arrowPage(bytes: Uint8Array, from: number, to: number): Uint8Array {
	void [bytes, from, to];
	throw new Error('not there yet');
}
export type { Cell, Column, Batch, Table };
export { tableToIPC, Type };
