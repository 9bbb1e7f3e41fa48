import { reported } from '#lib/catalogue/catalogue.ts';
import { identifier, literal } from '#lib/catalogue/sql.ts';
import { variableColumns } from '#lib/server/db/tables.ts';
import { presentVariables, type Reading } from './read-sql.ts';

/** The place of a staged birth in its file, in which row 1 is the header. Rows are numbered on in a table that is emptied. */
const rowSql = ({ staged }: Reading) => `(rowid - (select min(rowid) from ${staged}) + 2)`;

/**
 * What becomes of each row of the staged births, in the temporary table `judged`: its key, its row number,
 * the version it meets (if any) and the rule by which it is rejected (if any). A key that stands twice in
 * one file is taken from its last row that can be received.
 */
export function judgeSql(reading: Reading): string {
	const d = reading.definition;
	const birthDate = d.register.birthDate;
	const held = presentVariables(reading).some((v) => v.id === birthDate);
	return `insert into judged
with incoming as (
	select rowid as staged, ${rowSql(reading)} as row, birth_key, reference_is_identity,
		${held ? identifier(birthDate) : 'null::date'} as birth_date
	from ${reading.staged}),
twice as (
	select birth_key, max(row) as last from incoming${held ? ' where birth_date is not null' : ''}
	group by birth_key having count(*) > 1),
known as (
	select birth_key, rowid as version, birth_date from birth_version where unit = $unit and superseded is null)
select i.staged, i.row, i.birth_key, k.version, k.birth_date as known_birth_date,
	coalesce(i.birth_date, k.birth_date) as birth_date,
	case when i.birth_key is null then 'noKey'
		when i.reference_is_identity then 'identityAsReference'
		when ${held ? 'i.birth_date is null' : 'k.birth_date is null'} then 'noBirthDate'
		when i.row < t.last then 'repeated' end as rule
from incoming i
left join twice t on t.birth_key = i.birth_key
left join known k on k.birth_key = i.birth_key`;
}

const invalidOf = (issues: string) =>
	`list_transform(list_filter(${issues}, found -> found.rule <> 'implausible'), found -> found.variable)`;
/** An empty list is no list. */
const orNull = (list: string) => `case when len(${list}) > 0 then ${list} end`;

/** The rows of `judged` that say nothing new: equal in every column that the file holds. */
export function unchangedSql(reading: Reading): string {
	const present = presentVariables(reading);
	const names = present.map((v) => literal(v.id)).join(', ');
	const same = present.map((v) => `s.${identifier(v.id)} is not distinct from b.${identifier(v.id)}`);
	if (reading.layout.reference !== undefined) same.push('s.reference is not distinct from b.reference');
	const sorted = (list: string) => `list_sort(coalesce(${list}, []))`;
	same.push(
		`${sorted(invalidOf('s.issues'))} = ${sorted(`list_filter(b.invalid, name -> name in (${names}))`)}`
	);
	return `insert into unchanged
select j.staged
from judged j
join ${reading.staged} s on s.rowid = j.staged
join birth_version b on b.rowid = j.version
where j.rule is null and b.unit = $unit
	and b.birth_date between (select min(known_birth_date) from judged) and (select max(known_birth_date) from judged)
	and ${same.join('\n\tand ')}`;
}

const head = 'unit, birth_key, submission, row, first_received, received, birth_date, reference, invalid';

/** Equal rows of a layout without references are births of their own: the second and later ones get a number. */
export const occurrenceSql = (
	staged: string
) => `update ${staged} set birth_key = birth_key || '-' || occurrence
from (select rowid as place, row_number() over (partition by birth_key order by rowid) as occurrence from ${staged})
where place = ${staged}.rowid and occurrence > 1`;

/**
 * Births that the register did not have. Rows that are something else are left out by an anti-join, so
 * that a first submission, with none of those, is copied by all cores.
 */
export function addSql(reading: Reading): string {
	const present = variableColumns(presentVariables(reading)).map(({ column }) => column);
	return `insert into birth_version (${head}, ${present.join(', ')})
select $unit, birth_key, $number::integer, ${rowSql(reading)}, $day::varchar::date, $day::varchar::date, ${identifier(reading.definition.register.birthDate)},
	reference, case when issues is not null then ${orNull(invalidOf('issues'))} end, ${present.join(', ')}
from ${reading.staged}
where rowid not in (select staged from judged where rule is not null or version is not null)`;
}

/** New versions of births that changed: columns that the file lacks are carried over. */
export function changeSql(reading: Reading): string {
	const here = presentVariables(reading);
	const names = here.map((v) => literal(v.id)).join(', ');
	const present = new Set(variableColumns(here).map(({ column }) => column));
	const all = variableColumns(reported(reading.definition)).map(({ column }) => column);
	const invalid = `list_concat(coalesce(list_filter(b.invalid, name -> name not in (${names})), []), coalesce(${invalidOf('s.issues')}, []))`;
	return `insert into birth_version (${head}, ${all.join(', ')})
select $unit, j.birth_key, $number, j.row, b.first_received, $day::varchar::date, j.birth_date,
	${reading.layout.reference === undefined ? 'b.reference' : 's.reference'}, ${orNull(invalid)},
	${all.map((column) => `${present.has(column) ? 's' : 'b'}.${column}`).join(', ')}
from judged j
join ${reading.staged} s on s.rowid = j.staged
join birth_version b on b.rowid = j.version
where j.rule is null and b.unit = $unit
	and b.birth_date between (select min(known_birth_date) from judged) and (select max(known_birth_date) from judged)
	and j.staged not in (from unchanged)`;
}

/** The versions that the changed births had until now. */
export const supersedeSql = `update birth_version set superseded = $day::varchar::date, superseded_by = $number
where unit = $unit and superseded is null
	and rowid in (select version from judged where rule is null and version is not null and staged not in (from unchanged))`;

/**
 * The months whose births were added or changed, and the months that a birth of theirs may share a
 * delivery with (twins born before and after midnight on the last of a month).
 */
export const touchedSql = `insert into touched
with days as (
	select unnest([birth_date, known_birth_date]) as day from judged
	where rule is null and staged not in (from unchanged))
select distinct date_trunc('month', d)::date as birth_month
from (select day as d from days union all select day + 7 from days) where d is not null`;

/** Everything that was wrong, row by row. Row 1 is the header. */
export function issueSql(reading: Reading): string {
	const birthDate = literal(reading.definition.register.birthDate);
	return `insert into issue (submission, row, variable, rule, value)
select $number::integer, * from (
	select row, null as variable, rule, null as value from judged where rule is not null
	union all
	select row, found.variable, found.rule, found.value
	from (select j.row, unnest(s.issues) as found
		from ${reading.staged} s join judged j on j.staged = s.rowid where s.issues is not null)
	union all
	select row, ${birthDate}, 'unitInactive', birth_date::varchar from judged
	where rule is null and not (${activeSql(reading)}))
order by row`;
}

/** Whether a birth date lies in the unit's active days. */
function activeSql({ activePeriods }: Reading): string {
	return activePeriods
		.map(({ from, to }) => `birth_date between date ${literal(from)} and date ${literal(to ?? '9999-12-31')}`)
		.join(' or ');
}
