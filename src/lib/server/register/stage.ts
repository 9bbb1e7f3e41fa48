import { z } from 'zod';
import { reported } from '#lib/catalogue/catalogue.ts';
import { mostEmptiedRows } from '#lib/server/cube/working-tables.ts';
import type { Desk } from '#lib/server/db/database.ts';
import { QueryError } from '#lib/server/db/query-error.ts';
import { isLarge, rowsOf, type Batch } from './batch.ts';
import { occurrenceSql } from './merge-sql.ts';
import { givenColumns, givenRow, readSql, stagedColumns } from './read-sql.ts';
import { textColumns, textsSql } from './texts-sql.ts';

/** How many rows a desk's tables have held since they were made: emptied rows keep their room, and are scanned. */
const rowsAt = new WeakMap<Desk, number>();

/**
 * Reads a batch into a table of the desk and gives its name. A small file is read as texts first, from which a
 * plan that is kept for files of the same shape makes values: planning anew would be most of the work. Several
 * files, and a large one, are read into tables of their own.
 */
export async function stage(desk: Desk, batch: Batch): Promise<string> {
	const small = batch.files.length === 1 && !isLarge(batch.files);
	await makeTables(desk, batch, small ? rowsOf(batch.files) : 0);
	await desk.again(`delete from ${given(desk)}`);
	const [row, values] = givenRow(batch);
	await desk.run(`insert into ${given(desk)} ${row}`, values);
	if (small) await readSmall(desk, batch);
	else if (batch.files.length > 1) await readSeveral(desk, batch);
	else await readLarge(desk, batch);
	const staged = small ? births(desk) : own(desk);
	if (batch.profile?.rowKey?.occurrence) await desk.run(occurrenceSql(staged));
	return staged;
}

const own = (desk: Desk) => `staging.${desk.name}_own`;
const given = (desk: Desk) => `staging.${desk.name}_given`;
const texts = (desk: Desk) => `staging.${desk.name}_texts`;
const births = (desk: Desk) => `staging.${desk.name}_births`;

async function makeTables(desk: Desk, { definition }: Batch, more: number): Promise<void> {
	const rows = rowsAt.get(desk) ?? mostEmptiedRows;
	if (rows < mostEmptiedRows) {
		rowsAt.set(desk, rows + more);
		return;
	}
	const variables = reported(definition);
	const columns = stagedColumns(variables).map(({ column, type }) => `${column} ${type}`);
	const [file, ...written] = textColumns(variables);
	await desk.run(`create or replace table ${given(desk)} (${givenColumns})`);
	await desk.run(
		`create or replace table ${texts(desk)} (${file} smallint, ${written.map((column) => `${column} varchar`).join(', ')})`
	);
	await desk.run(`create or replace table ${births(desk)} (${columns.join(', ')})`);
	rowsAt.set(desk, more);
}

async function readSmall(desk: Desk, batch: Batch): Promise<void> {
	for (const table of [texts(desk), births(desk)]) await desk.again(`delete from ${table}`);
	const written = textColumns(batch.present).join(', ');
	await desk.run(`insert into ${texts(desk)} (${written}) ${textsSql(batch, 0, given(desk))}`);
	const names = stagedColumns(batch.present).map(({ column }) => column);
	await desk.again(
		`insert into ${births(desk)} (${names.join(', ')}) ${readSql(batch, texts(desk), given(desk))}`
	);
}

async function readSeveral(desk: Desk, batch: Batch): Promise<void> {
	const files = [...batch.files.keys()].map((place) => textsSql(batch, place, given(desk)));
	const written = `${own(desk)}_texts`;
	await desk.run(`create or replace table ${written} as ${files.join('\nunion all\n')}`);
	await desk.run(`create or replace table ${own(desk)} as ${readSql(batch, written, given(desk))}`);
	await desk.run(`drop table ${written}`);
}

/**
 * Reads the one file of a batch in parts, by all cores. Where a part ends at the end of a row, DuckDB's reader
 * may lose a row or give up; the file is then read once more in one piece.
 */
async function readLarge(desk: Desk, batch: Batch): Promise<void> {
	const [file] = batch.files;
	if (!file || batch.files.length > 1) throw new RangeError('A large file is read alone.');
	const { rows, quotedLineEnds } = file.look.scan;
	const read = (inParts: boolean) =>
		desk.run(
			`create or replace table ${own(desk)} as ${readSql(batch, `(${textsSql(batch, 0, given(desk), inParts)})`, given(desk))}`
		);
	// Where line ends stand inside quotes, a reader that starts in the middle could only guess.
	if (quotedLineEnds) return read(false);
	try {
		await read(true);
		const [found] = await desk.rows(counted, `select count(*)::integer as n from ${own(desk)}`);
		if (found?.n === rows) return;
	} catch (error) {
		if (!(error instanceof QueryError)) throw error;
	}
	await read(false);
}

const counted = z.object({ n: z.int() });

/** Gives the room of a batch's own table back, once it is merged. */
export async function clear(desk: Desk, staged: string): Promise<void> {
	if (staged !== births(desk)) await desk.run(`drop table ${staged}`);
}
