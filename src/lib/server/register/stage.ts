import { reported } from '#lib/catalogue/catalogue.ts';
import { mostEmptiedRows } from '#lib/server/cube/working-tables.ts';
import type { Desk } from '#lib/server/db/database.ts';
import { limits } from '#lib/submission/scan.ts';
import { occurrenceSql } from './merge-sql.ts';
import {
	csvSql,
	givenColumns,
	givenRow,
	givenValues,
	presentVariables,
	raw,
	readSql,
	stagedColumns,
	type Reading
} from './read-sql.ts';

/** A file up to this size is read by a kept plan: planning it anew would be most of the work. */
const smallBytes = 4 * 2 ** 20;
const smallColumns = 150;

/** How many rows a desk's tables have held since they were made: emptied rows keep their room, and are scanned. */
const rowsAt = new WeakMap<Desk, number>();

/**
 * Reads a file into a table of the desk. A large file is read straight into a table of its own; a small
 * one as texts first, from which a plan that is kept for files of the same layout makes values.
 */
export async function stage(desk: Desk, file: Omit<Reading, 'staged'>, bytes: number): Promise<Reading> {
	const small = bytes <= smallBytes && file.look.scan.header.length <= Math.min(smallColumns, limits.columns);
	const reading = { ...file, staged: small ? births(desk) : `staging.${desk.name}_large` };
	await makeTables(desk, reading);
	await desk.again(`delete from ${given(desk)}`);
	await desk.again(`insert into ${given(desk)} ${givenRow}`, givenValues(reading));
	if (small) await readSmall(desk, reading);
	else {
		const source = `${csvSql(reading)}, ${given(desk)}`;
		await desk.run(`create or replace table ${reading.staged} as ${readSql(reading, source)}`);
	}
	if (file.profile?.rowKey?.occurrence) await desk.run(occurrenceSql(reading.staged));
	return reading;
}

const given = (desk: Desk) => `staging.${desk.name}_given`;
const texts = (desk: Desk) => `staging.${desk.name}_texts`;
const births = (desk: Desk) => `staging.${desk.name}_births`;

async function makeTables(desk: Desk, { definition, look }: Reading): Promise<void> {
	const rows = rowsAt.get(desk) ?? mostEmptiedRows;
	if (rows < mostEmptiedRows) {
		rowsAt.set(desk, rows + look.scan.rows);
		return;
	}
	const columns = stagedColumns(reported(definition)).map(({ column, type }) => `${column} ${type}`);
	const all = Array.from({ length: smallColumns }, (_, place) => `${raw(place)} varchar`);
	await desk.run(`create or replace table ${given(desk)} (${givenColumns})`);
	await desk.run(`create or replace table ${texts(desk)} (${all.join(', ')})`);
	await desk.run(`create or replace table ${births(desk)} (${columns.join(', ')})`);
	rowsAt.set(desk, look.scan.rows);
}

async function readSmall(desk: Desk, reading: Reading): Promise<void> {
	for (const table of [texts(desk), births(desk)]) await desk.again(`delete from ${table}`);
	const positions = reading.look.scan.header.map((_, place) => raw(place)).join(', ');
	const names = stagedColumns(presentVariables(reading)).map(({ column }) => column);
	await desk.run(`insert into ${texts(desk)} (${positions}) select * from ${csvSql(reading)}`);
	await desk.again(
		`insert into ${births(desk)} (${names.join(', ')}) ${readSql(reading, `${texts(desk)}, ${given(desk)}`)}`
	);
}

/** Gives the room of a large file back, once it is merged. */
export async function clear(desk: Desk, { staged }: Reading): Promise<void> {
	if (staged !== births(desk)) await desk.run(`drop table ${staged}`);
}
