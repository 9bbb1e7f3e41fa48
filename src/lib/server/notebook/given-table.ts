import { literal } from '#lib/catalogue/sql.ts';
import type { ColumnType, Table } from '#lib/notebook/table.ts';

const sqlTypes: Record<ColumnType, string> = {
	text: 'VARCHAR',
	integer: 'INTEGER',
	number: 'DOUBLE',
	boolean: 'BOOLEAN',
	day: 'DATE',
	numbers: 'DOUBLE[]'
};

/** A table made of its rows in one statement, in their order. */
export function insertion(name: string, { columns, rows }: Table): [sql: string, values: { rows: string }] {
	const shape = Object.fromEntries(Object.entries(columns).map(([column, type]) => [column, sqlTypes[type]]));
	return [
		`create table ${name} as select unnest(from_json($rows::json, ${literal(JSON.stringify([shape]))}), recursive := true)`,
		{ rows: JSON.stringify(rows) }
	];
}
