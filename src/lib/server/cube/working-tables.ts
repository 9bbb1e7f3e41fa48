import type { Definition } from '#lib/catalogue/catalogue.ts';
import { z } from 'zod';
import type { Writer } from '#lib/server/db/database.ts';
import { countedBirthsSql, currentBirthsSql } from './counted-births.ts';
import { countSql } from './count-sql.ts';

/**
 * The tables in which one submission is judged and its months are counted. They are made once and emptied
 * after use, so that the plans of the statements over them can be kept.
 *
 * `judged`: what becomes of each row. `unchanged`: rows that say nothing new. `touched`: months to count.
 * `current_births`, `births`: the births of those months as they are stored, and with what is derived from
 * them. `counted`: a row per month. `invalid_values`: per month and variable.
 */
export function workingTablesSql(d: Definition): string[] {
	return [
		`create or replace temp table judged (staged bigint, row bigint, birth_key varchar, version bigint,
			known_birth_date date, birth_date date, rule varchar)`,
		`create or replace temp table unchanged (staged bigint)`,
		`create or replace temp table touched (birth_month date)`,
		`create or replace temp table current_births as ${currentBirthsSql(nowhere)}`,
		`create or replace temp table births as ${countedBirthsSql(d)}`,
		`create or replace temp table counted as ${countSql(d)}`,
		`create or replace temp table invalid_values (birth_month date, variable varchar, n integer)`
	];
}

/** An emptied table keeps the room of its rows, and a scan passes over it: after so many rows it is made anew. */
export const mostEmptiedRows = 20_000;

/** Makes the working tables anew when they have held many rows; their plans are then made anew too. */
export async function tidyWorkingTables(writer: Writer, d: Definition): Promise<void> {
	const [held] = await writer.rows(
		z.object({ rows: z.int() }),
		`select greatest((select max(rowid) from judged), (select max(rowid) from current_births), 0)::integer as rows`
	);
	if ((held?.rows ?? 0) > mostEmptiedRows) for (const sql of workingTablesSql(d)) await writer.run(sql);
}

const nowhere = { unit: '', from: '1000-01-01', to: '1000-01-01' };
