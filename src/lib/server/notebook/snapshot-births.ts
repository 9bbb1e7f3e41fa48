import type { Definition } from '#lib/catalogue/catalogue.ts';
import { identifier, literal } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Day } from '#lib/period/day.ts';
import { countedBirthsSql } from '#lib/server/cube/counted-births.ts';

/** What a snapshot of the births is of: a day, and the last submission that counts. */
export type BirthsHeld = { asOf: Day; submission: number };

/** The columns of the table of births beside its variables, with their types. */
export const birthColumns = {
	unit: 'VARCHAR',
	birth_month: 'DATE',
	received_month: 'DATE',
	is_live_born: 'BOOLEAN',
	counts_delivery: 'BOOLEAN',
	invalid: 'VARCHAR[]'
} as const;

/**
 * How a variable's values stand in the table of births; undefined where they do not: identity numbers, texts, and
 * classification codes of no known form might tell whose birth it is, and the date of birth is told by its month.
 * Days are whole days from the birth, negative before it.
 */
export function birthColumnType(d: Definition, v: Variable): 'VARCHAR' | 'INTEGER' | 'DOUBLE' | undefined {
	if (v.id === d.register.birthDate || v.id.toLowerCase() in birthColumns) return undefined;
	switch (v.type) {
		case 'identity':
		case 'text':
			return undefined;
		case 'classification':
			return v.pattern === undefined ? undefined : 'VARCHAR';
		case 'code':
			return 'VARCHAR';
		case 'decimal':
			return 'DOUBLE';
		case 'integer':
		case 'date':
		case 'datetime':
			return 'INTEGER';
	}
}

/** The variables that the table of births has, in the order of the catalogue. */
export const birthVariables = (d: Definition): Variable[] =>
	d.variables.filter((v) => birthColumnType(d, v) !== undefined);

/**
 * The births as they stood on a day, one row each with the given variables, without what tells whose they are.
 * Submissions that came after the last that counts are left aside, so that it can be asked while the register goes on.
 */
export function birthsSql(
	d: Definition,
	{ asOf, submission }: BirthsHeld,
	wanted: ReadonlySet<string>
): string {
	const day = `date ${literal(asOf)}`;
	const n = String(submission);
	const variables = birthVariables(d)
		.filter(({ id }) => wanted.has(id))
		.map((v) => `${valueSql(v)} as ${identifier(v.id)}`);
	return `with current_births as not materialized (
		select *, rowid as version from birth_version
		where submission <= ${n} and received <= ${day}
			and (superseded is null or superseded > ${day} or superseded_by > ${n})),
	touched as (
		select distinct unit, date_trunc('month', birth_date)::date as birth_month from birth_version),
	births as not materialized (${countedBirthsSql(d)})
	select unit, birth_month, date_trunc('month', first_received)::date as received_month,
		live_born as is_live_born, counts_delivery, invalid${variables.map((each) => `,\n\t\t${each}`).join('')}
	from births`;
}

/** So large is no measure of a birth, but an identity number is. */
const largest = 1e8;

function valueSql(v: Variable): string {
	const id = identifier(v.id);
	switch (v.type) {
		case 'date':
		case 'datetime':
			return `date_diff('day', birth_date, ${id}::date)::integer`;
		case 'integer':
			return `case when abs(${id}) < ${largest} then ${id} end::integer`;
		case 'decimal':
			return `case when abs(${id}) < ${largest} then ${id} end::double`;
		default:
			return `${id}::varchar`;
	}
}
