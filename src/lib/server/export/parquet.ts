import { parquetWriteBuffer } from 'hyparquet-writer';
import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import type { Cell, ColumnType } from '#lib/notebook/table.ts';

/** What a file says of itself besides its rows. */
export type Metadata = Readonly<Record<string, string>>;

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];

/**
 * A table as a Parquet file: whole numbers as INT64, numbers as DOUBLE, days as DATE, texts as UTF-8, lists of numbers
 * as LIST of DOUBLE, each with nothing where there is nothing. `metadata` stands in the file's key-value metadata.
 */
export function parquetOf(arrow: Uint8Array, metadata: Metadata, createdBy: string): Uint8Array {
	const { columns, rows } = rowsOfArrow(arrow);
	const written = parquetWriteBuffer({
		columnData: columns.map(({ name, type }) => ({
			name,
			data: rows.map((row) => toParquet(type, row[name] ?? null))
		})),
		schema: [
			{ name: 'root', num_children: columns.length },
			...columns.flatMap(({ name, type }) => schemaOf(name, type))
		],
		kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
		createdBy
	});
	return new Uint8Array(written);
}

function schemaOf(name: string, type: ColumnType): SchemaElement[] {
	const repetition_type = 'OPTIONAL';
	switch (type) {
		case 'text':
			return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type }];
		case 'integer':
			return [{ name, type: 'INT64', repetition_type }];
		case 'number':
			return [{ name, type: 'DOUBLE', repetition_type }];
		case 'boolean':
			return [{ name, type: 'BOOLEAN', repetition_type }];
		case 'day':
			return [{ name, type: 'INT32', converted_type: 'DATE', repetition_type }];
		case 'numbers':
			return [
				{ name, converted_type: 'LIST', num_children: 1, repetition_type },
				{ name: 'list', num_children: 1, repetition_type: 'REPEATED' },
				{ name: 'element', type: 'DOUBLE', repetition_type }
			];
	}
}

function toParquet(type: ColumnType, value: Cell): unknown {
	if (value === null) return null;
	if (type === 'integer') return BigInt(Number(value));
	return type === 'day' ? new Date(`${String(value)}T00:00:00Z`) : value;
}
