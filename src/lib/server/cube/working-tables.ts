import type { Definition } from '#lib/catalogue/catalogue.ts';
import { z } from 'zod';
import type { Writer } from '#lib/server/db/database.ts';
import { countedBirthsSql, currentBirthsSql } from './counted-births.ts';
import { countSql, notedSql } from './count-sql.ts';

/**
 * The tables in which submissions are judged and their months are counted. They are made once and emptied
 * before use, so that the plans of the statements over them can be kept.
 *
 * `handed_in`: the files that are merged, by their place in the batch; `active_days` of their units. `judged`:
 * what becomes of each row. `unchanged`: rows that say nothing new. `touched`: units' months to count.
 * `current_births`, `births`: the births of those months as they are stored, and with what is derived from
 * them. `counted`: a row per unit and month. `noted`: what is counted value by value. `invalid_values`: per
 * unit, month and variable.
 */
export function workingTablesSql(d: Definition): string[] {
	return [
		`create or replace temp table handed_in (file smallint, number integer, unit varchar, day date, first bigint)`,
		`create or replace temp table active_days (file smallint, from_day date, to_day date)`,
		`create or replace temp table judged (file smallint, staged bigint, birth_key varchar, version bigint,
			known_birth_date date, birth_date date, rule varchar)`,
		`create or replace temp table unchanged (staged bigint)`,
		`create or replace temp table touched (unit varchar, day date, birth_month date)`,
		`create or replace temp table current_births as ${currentBirthsSql(nowhere)}`,
		`create or replace temp table births as ${countedBirthsSql(d)}`,
		`create or replace temp table counted as ${countSql(d)}`,
		`create or replace temp table noted as ${notedSql(d)}`,
		`create or replace temp table invalid_values (unit varchar, birth_month date, variable varchar, n integer)`
	];
}

/**
 * An emptied table keeps the room of its rows, and a scan passes over it: after so many rows it is made anew,
 * one of a few columns after some times as many.
 */
export const mostEmptiedRows = 20_000;
const narrowTimes = 5;

/** Makes the working tables anew when they have held many rows; their plans are then made anew too. */
export async function tidyWorkingTables(writer: Writer, d: Definition): Promise<void> {
	const [held] = await writer.rows(
		z.object({ rows: z.int() }),
		`select greatest((select max(rowid) from judged) // ${narrowTimes}, (select max(rowid) from noted) // ${narrowTimes},
			(select max(rowid) from current_births), 0)::integer as rows`
	);
	if ((held?.rows ?? 0) > mostEmptiedRows) for (const sql of workingTablesSql(d)) await writer.run(sql);
}

/** Empties what the files before left. */
export async function emptyWorkingTables(writer: Writer): Promise<void> {
	const tables =
		'handed_in active_days judged unchanged touched current_births births counted noted invalid_values';
	for (const table of tables.split(' ')) await writer.again(`delete from ${table}`);
}

const nowhere = { units: [''], from: '1000-01-01', to: '1000-01-01' };
