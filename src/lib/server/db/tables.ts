import type { Definition } from '#lib/catalogue/catalogue.ts';
import { reported } from '#lib/catalogue/catalogue.ts';
import { identifier, sqlType } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';

/** What kind of number an identity number is; of the number itself only a keyed hash is kept. */
export const kindType = `enum('personal', 'coordination', 'reserve')`;

/** The column with the kind of an identity variable's number: named so that no variable can be called the same. */
export const kindColumn = (v: Variable) => identifier(`${v.id} kind`);

/** Columns of birth_version that hold what is kept of the given variables. */
export const variableColumns = (variables: readonly Variable[]) =>
	variables.flatMap((v) => [
		{ column: identifier(v.id), type: sqlType(v) },
		...(v.type === 'identity' ? [{ column: kindColumn(v), type: kindType }] : [])
	]);

/**
 * The register's tables. `submission` is the ledger: one row per file handed in, refused ones too.
 * `birth_version` keeps every version of every birth; the row without `superseded` is how it stands.
 * Cube rows carry the days from which and until which they were so, and so answer for any day. `flag_note` is
 * the log of what was said of flags: rows are added, never changed, and no original holds them. `entry` counts the
 * rows of the ledger and of the log together, in the order in which they came.
 */
export function tablesSql(d: Definition): string[] {
	const since = 'valid_from date not null, valid_to date';
	const place = 'unit varchar not null, birth_month date not null';
	return [
		`create table if not exists meta (key varchar primary key, value varchar not null)`,
		`create table if not exists submission (
			entry integer not null, number integer not null, unit varchar not null, received_at timestamp not null, received date not null,
			file_name varchar not null, sha256 varchar not null, bytes bigint not null, profile varchar,
			sender varchar not null, status varchar not null,
			row_count integer not null, accepted integer not null, added integer not null, changed integer not null,
			unchanged integer not null, rejected integer not null,
			first_birth date, last_birth date, reading varchar not null, refusals varchar not null)`,
		`create table if not exists issue (
			submission integer not null, row integer not null, variable varchar, rule varchar not null, value varchar)`,
		`create table if not exists birth_version (
			unit varchar not null, birth_key varchar not null, submission integer not null, row integer not null,
			first_received date not null, received date not null, superseded date, superseded_by integer,
			birth_date date not null, reference varchar, invalid varchar[],
			${variableColumns(reported(d))
				.map(({ column, type }) => `${column} ${type}`)
				.join(', ')})`,
		`create table if not exists cube_birth (${place}, ${since},
			births integer not null, deliveries integer not null, live_births integer not null,
			stillbirths integer not null, on_time integer not null)`,
		`create table if not exists cube_form (${place}, ${since},
			form varchar not null, n_applicable integer not null, n_missing integer not null)`,
		`create table if not exists cube_item (${place}, ${since},
			variable varchar not null, n_applicable integer not null, n_recorded integer not null,
			n_unknown integer not null, n_blank integer not null, n_invalid integer not null,
			n_implausible integer not null)`,
		`create table if not exists cube_code (${place}, ${since},
			variable varchar not null, code varchar not null, n integer not null)`,
		`create table if not exists flag_note (
			entry integer not null, unit varchar not null, flag varchar not null, number integer not null, form_key varchar not null,
			written_at timestamp not null, who varchar, kind varchar not null, reason varchar, text varchar not null,
			until date, births integer, severity varchar, primary key (unit, flag, number))`
	];
}

const digit = (n: string, place: number) => `((${n} // ${10 ** place}) % 10)`;
const doubled = (n: string, place: number) =>
	`(2 * ${digit(n, place)} - 9 * (${digit(n, place)} > 4)::integer)`;

/** Luhn's sum over the last ten digits of a whole number: digits in even places from the right count once. */
const luhnSql = (n: string) =>
	[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((p) => (p % 2 ? doubled(n, p) : digit(n, p))).join(' + ');

/**
 * Functions that the reading of files uses.
 *
 * `identity_number(written, today)`: twelve characters YYYYMMDDNNNN, also from ten, and without the sign
 * before the last four (+ is for persons over a hundred). `identity_kind(number, digits, reserve, today)`, with
 * the same as a whole number where it is one (as a column: a macro repeats what it is given): personal,
 * coordination (day + 60; month 00 and day 60 mean that the birth date is not known), reserve (declared as
 * one, or with a letter as interim numbers have: no common rule, so never judged by the check digit), or
 * NULL for an invalid number. `keyed(text, inner, outer)`:
 * HMAC-SHA-256 from the key's two pads (RFC 2104), its first 128 bits. `today` is a whole number YYYYMMDD. `mask_identity(text)`: the text
 * without anything that looks like an identity number.
 */
export const macrosSql: readonly string[] = [
	`create or replace macro mask_identity(written) as
		case when length(written) < 10 then written
		else regexp_replace(written, '([0-9]{2})?[0-9]{2}-?[0-9]{2}-?[0-9]{2}[-+ –]{0,3}[0-9A-Za-z][0-9]{3}', '…', 'g') end`,
	`create or replace macro with_century(ten, over_hundred, today) as
		(((today // 10000 - left(ten, 2)::integer) // 100 - over_hundred::integer) * 100 + left(ten, 2)::integer)::varchar || substr(ten, 3)`,
	`create or replace macro bare_identity(text, today) as
		case when regexp_full_match(text, '[0-9]{8}[-+]?[0-9A-Z]{4}') then left(text, 8) || right(text, 4)
		when regexp_full_match(text, '[0-9]{6}[-+]?[0-9A-Z]{4}')
			then with_century(left(text, 6) || right(text, 4), contains(text, '+'), today)
		else text end`,
	`create or replace macro identity_number(written, today) as
		case when length(written) = 12 and try_cast(written as bigint) >= 100000000000 then written
		else bare_identity(upper(trim(written)), today) end`,
	`create or replace macro days_in_month(year, month) as
		case when month = 2 then 28 + (year % 4 = 0 and (year % 100 <> 0 or year % 400 = 0))::integer
		when month in (4, 6, 9, 11) then 30 else 31 end`,
	`create or replace macro identity_day_kind(number, today) as
		case when (${luhnSql('number')}) % 10 <> 0 or (number // 10) % 1000 = 0
			or number // 100000000 not between 1850 and today // 10000 then null
		when (number // 10000) % 100 between 1 and 31 then
			case when (number // 1000000) % 100 between 1 and 12
				and (number // 10000) % 100 <= days_in_month(number // 100000000, (number // 1000000) % 100)
				and number // 10000 <= today then 'personal' end
		when (number // 10000) % 100 between 60 and 91 then
			case when (number // 1000000) % 100 between 0 and 12
				and (number // 10000) % 100 - 60 <= days_in_month(number // 100000000, (number // 1000000) % 100)
				then 'coordination' end
		end`,
	`create or replace macro identity_kind(number, digits, reserve, today) as
		case when number is null then null when reserve then 'reserve'
		when length(number) = 12 and digits is not null then identity_day_kind(digits, today)
		when regexp_full_match(number, '(18|19|20)[0-9]{2}[01][0-9][0-9]{2}[TRSUWXJKLMN][0-9A-Z]{3}') then 'reserve'
		end`,
	`create or replace macro keyed(written, inner_pad, outer_pad) as
		left(sha256(outer_pad || unhex(sha256(inner_pad || encode(written)))), 32)::uuid`
];
