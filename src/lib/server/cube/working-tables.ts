import type { Definition } from '#lib/catalogue/catalogue.ts';
import { countedBirthsSql, currentBirthsSql } from './counted-births.ts';
import { countSql } from './count-sql.ts';

/**
 * The tables in which one submission is judged and its months are counted. They are made once and emptied
 * after use, so that the plans of the statements over them can be kept.
 *
 * `judged`: what becomes of each row. `unchanged`: rows that say nothing new. `touched`: months to count.
 * `current_births`,
 * `births`: the births of those months as they are stored, and with what is derived from them. `counted`: a row per month. `invalid_values`: per month and variable.
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

const nowhere = { unit: '', from: '1000-01-01', to: '1000-01-01' };
