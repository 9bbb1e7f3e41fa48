import { tableFromIPC, tableToIPC, Table } from '@uwdata/flechette';
import type { Metadata } from './parquet.ts';

/**
 * A table as an Arrow file (IPC file format, which R, Python and DuckDB read by the ending `.arrow`): the columns as
 * they came, and `metadata` in its schema.
 */
export function arrowFileOf(arrow: Uint8Array, metadata: Metadata): Uint8Array {
	const table = tableFromIPC(arrow);
	const schema = { ...table.schema, metadata: new Map(Object.entries(metadata)) };
	const bytes = tableToIPC(new Table(schema, table.children), { format: 'file' });
	if (!bytes) throw new Error('The table was written to nowhere.');
	return bytes;
}
