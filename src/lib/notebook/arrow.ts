import { tableFromIPC, Type, type Column, type DataType, type Table } from '@uwdata/flechette';
import { arrowOf, type Present, type WrittenColumn } from './arrow-write.ts';
import type { Cell, ColumnType, Row } from './table.ts';

/** Columns and rows of an Arrow stream. `length` is the number of all its rows, also where only some were asked for. */
export type ArrowRows = {
	columns: { name: string; type: ColumnType }[];
	rows: Row[];
	length: number;
};

/**
 * The rows of an Arrow stream (as arrowOf writes it) from the place `from` up to, and without, the place `to`; all
 * without them. Days are texts, `YYYY-MM-DD`. Throws TypeError for a column of a type that notebooks do not have.
 */
export function rowsOfArrow(bytes: Uint8Array, from = 0, to = Infinity): ArrowRows {
	const { columns, length, first, last } = opened(bytes, from, to);
	const rows = Array.from({ length: last - first }, (): Record<string, Cell> => ({}));
	for (const { name, type, column } of columns)
		for (const [at, row] of rows.entries()) row[name] = cellOf(column.at(first + at), type);
	return { columns: columns.map(({ name, type }) => ({ name, type })), rows, length };
}

/** The same table with only the rows from the place `from` up to, and without, the place `to`. */
export function arrowPage(bytes: Uint8Array, from: number, to: number): Uint8Array {
	const { columns, first, last } = opened(bytes, from, to);
	return arrowOf(columns.map((each) => columnPart(each, first, last)));
}

type Opened = { name: string; type: ColumnType; column: Column<unknown> };

function opened(bytes: Uint8Array, from: number, to: number) {
	const table: Table = tableFromIPC(bytes);
	const length = table.numRows;
	const columns = table.schema.fields.map(({ name, type }, at): Opened => {
		const column: Column<unknown> = table.getChildAt(at);
		return { name, type: columnType(name, type), column };
	});
	const first = Math.min(Math.max(0, Math.floor(from)), length);
	const last = Math.max(first, Math.min(Math.floor(to), length));
	return { columns, length, first, last };
}

/** What a column of an Arrow type is to a notebook. */
function columnType(name: string, type: DataType): ColumnType {
	switch (type.typeId) {
		case Type.Utf8:
			return 'text';
		case Type.Int:
			return 'integer';
		case Type.Float:
			return 'number';
		case Type.Bool:
			return 'boolean';
		case Type.Date:
			return 'day';
		case Type.List:
			return 'numbers';
		default:
			throw new TypeError(
				`The column ${name} has a type of Arrow that notebooks do not have: ${type.typeId}`
			);
	}
}

const dayLength = 86_400_000;

function cellOf(value: unknown, type: ColumnType): Cell {
	if (value === null || value === undefined) return null;
	if (type === 'day') return new Date(Number(value)).toISOString().slice(0, 10);
	if (type === 'numbers') return Array.from(value as Iterable<number | null>);
	return value as string | number | boolean;
}

/** The rows of a column from one place up to another, to be written again. */
function columnPart({ name, type, column }: Opened, first: number, last: number): WrittenColumn {
	const values = Array.from({ length: last - first }, (_, at) => column.at(first + at));
	const present: Present = values.includes(null)
		? Uint8Array.from(values, (v) => (v === null ? 0 : 1))
		: null;
	const base = { name, present };
	const numbers = () => values as (number | null)[];
	if (type === 'text') return { ...base, type, values: values as (string | null)[] };
	if (type === 'boolean') return { ...base, type, values: Uint8Array.from(values, (v) => (v ? 1 : 0)) };
	if (type === 'number') return { ...base, type, values: Float64Array.from(numbers(), (v) => v ?? 0) };
	if (type === 'day')
		return { ...base, type, values: Int32Array.from(numbers(), (v) => (v ?? 0) / dayLength) };
	if (type === 'numbers')
		return {
			...base,
			type,
			values: values.map((v) => (v ? Array.from(v as Iterable<number | null>) : null))
		};
	const isWide = 'bitWidth' in column.type && column.type.bitWidth === 64;
	return {
		...base,
		type,
		values: isWide
			? BigInt64Array.from(numbers(), (v) => BigInt(v ?? 0))
			: Int32Array.from(numbers(), (v) => v ?? 0)
	};
}
