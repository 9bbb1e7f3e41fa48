import { reported } from '#lib/catalogue/catalogue.ts';
import { identifier, literal } from '#lib/catalogue/sql.ts';
import { variableColumns } from '#lib/server/db/tables.ts';
import type { Batch } from './batch.ts';

/** A batch that was read into the table `staged`. */
export type Staged = Batch & { staged: string };

/** A file of the batch that is merged, by its place in the batch, and its number in the ledger. */
export type Numbered = { place: number; number: number };

/**
 * What the statements need to know of each file, in the temporary tables `handed_in` and `active_days`.
 * Staged rows are in the order of the files: `first` is the place of a file's first birth, from which it
 * has its row number (row 1 is the header). Rows are numbered on in a table that is emptied.
 */
export function handedInSql({ files, staged }: Staged, numbered: readonly Numbered[]): string[] {
	let before = 0;
	const firsts = files.map(({ look }) => (before += look.scan.rows) - look.scan.rows);
	const rows: string[] = [];
	const active: string[] = [];
	for (const { place, number } of numbered) {
		const { unit, receivedAt } = (files[place] as Batch['files'][number]).submission;
		rows.push(
			`(${place}, ${number}, ${literal(unit.id)}, date ${literal(receivedAt.slice(0, 10))}, ${firsts[place]})`
		);
		for (const { from, to } of unit.active)
			active.push(`(${place}, date ${literal(from)}, date ${literal(to ?? '9999-12-31')})`);
	}
	return [
		`insert into handed_in select file, number, unit, day, first + coalesce((select min(rowid) from ${staged}), 0)
			from (values ${rows.join(', ')}) as t(file, number, unit, day, first)`,
		...(active.length ? [`insert into active_days values ${active.join(', ')}`] : [])
	];
}

const rowSql = (staged: string) => `(${staged} - h.first + 2)::integer`;

/** The units of the files, for the text of a statement: only so does a scan skip what is stored of others. */
const unitsSql = ({ files }: Batch) => files.map(({ submission }) => literal(submission.unit.id)).join(', ');

/**
 * What becomes of each row of the staged births, in the temporary table `judged`: its key, the version it
 * meets (if any) and the rule by which it is rejected (if any). A key that stands twice in one file is taken
 * from its last row that can be received.
 */
export function judgeSql(batch: Staged): string {
	const birthDate = batch.definition.register.birthDate;
	const held = batch.present.some((v) => v.id === birthDate);
	return `insert into judged
with incoming as (
	select s.file, s.rowid as staged, h.unit, birth_key, reference_is_identity,
		${held ? identifier(birthDate) : 'null::date'} as birth_date
	from ${batch.staged} s join handed_in h on h.file = s.file),
twice as (
	select file, birth_key, max(staged) as last from incoming${held ? ' where birth_date is not null' : ''}
	group by all having count(*) > 1),
known as (
	select unit, birth_key, rowid as version, birth_date from birth_version
	where unit in (${unitsSql(batch)}) and superseded is null)
select i.file, i.staged, i.birth_key, k.version, k.birth_date as known_birth_date,
	coalesce(i.birth_date, k.birth_date) as birth_date,
	case when i.birth_key is null then 'noKey'
		when i.reference_is_identity then 'identityAsReference'
		when ${held ? 'i.birth_date is null' : 'k.birth_date is null'} then 'noBirthDate'
		when i.staged < t.last then 'repeated' end as rule
from incoming i
left join twice t on t.file = i.file and t.birth_key = i.birth_key
left join known k on k.unit = i.unit and k.birth_key = i.birth_key`;
}

/** The birth dates of the versions that the files meet, and how many those are. */
export type Met = { n: number; from: string | null; to: string | null };
export const metSql = `select count(version)::integer as n, min(known_birth_date) as "from", max(known_birth_date) as "to"
from judged where rule is null`;

const metVersionsSql = (batch: Staged, { from, to }: Met) => `judged j
join handed_in h on h.file = j.file
join ${batch.staged} s on s.rowid = j.staged
join birth_version b on b.rowid = j.version
where j.rule is null and b.unit in (${unitsSql(batch)})
	and b.birth_date between date ${literal(from ?? '')} and date ${literal(to ?? '')}`;

const invalidOf = (issues: string) =>
	`list_transform(list_filter(${issues}, found -> found.rule <> 'implausible'), found -> found.variable)`;
/** An empty list is no list. */
const orNull = (list: string) => `case when len(${list}) > 0 then ${list} end`;

/** The rows of `judged` that say nothing new: equal in every column that the file holds. */
export function unchangedSql(batch: Staged, met: Met): string {
	const { present, layout } = batch;
	const names = present.map((v) => literal(v.id)).join(', ');
	const same = present.map((v) => `s.${identifier(v.id)} is not distinct from b.${identifier(v.id)}`);
	if (layout.reference !== undefined) same.push('s.reference is not distinct from b.reference');
	const sorted = (list: string) => `list_sort(coalesce(${list}, []))`;
	same.push(
		`${sorted(invalidOf('s.issues'))} = ${sorted(`list_filter(b.invalid, name -> name in (${names}))`)}`
	);
	return `insert into unchanged
select j.staged from ${metVersionsSql(batch, met)}
	and ${same.join('\n\tand ')}`;
}

const head = 'unit, birth_key, submission, row, first_received, received, birth_date, reference, invalid';

/** Equal rows of a layout without references are births of their own: the second and later ones get a number. */
export const occurrenceSql = (
	staged: string
) => `update ${staged} set birth_key = birth_key || '-' || occurrence
from (select rowid as place, row_number() over (partition by file, birth_key order by rowid) as occurrence from ${staged})
where place = ${staged}.rowid and occurrence > 1`;

/**
 * Births that the register did not have. Rows that are something else are left out by an anti-join, so
 * that a first submission, with none of those, is copied by all cores.
 */
export function addSql({ definition, present, staged }: Staged): string {
	const columns = variableColumns(present).map(({ column }) => column);
	return `insert into birth_version (${head}, ${columns.join(', ')})
select h.unit, s.birth_key, h.number, ${rowSql('s.rowid')}, h.day, h.day, s.${identifier(definition.register.birthDate)},
	s.reference, case when s.issues is not null then ${orNull(invalidOf('s.issues'))} end,
	${columns.map((column) => `s.${column}`).join(', ')}
from ${staged} s join handed_in h on h.file = s.file
where s.rowid not in (select staged from judged where rule is not null or version is not null)`;
}

/** New versions of births that changed: columns that the file lacks are carried over. */
export function changeSql(batch: Staged, met: Met): string {
	const names = batch.present.map((v) => literal(v.id)).join(', ');
	const present = new Set(variableColumns(batch.present).map(({ column }) => column));
	const all = variableColumns(reported(batch.definition)).map(({ column }) => column);
	const invalid = `list_concat(coalesce(list_filter(b.invalid, name -> name not in (${names})), []), coalesce(${invalidOf('s.issues')}, []))`;
	return `insert into birth_version (${head}, ${all.join(', ')})
select h.unit, j.birth_key, h.number, ${rowSql('j.staged')}, b.first_received, h.day, j.birth_date,
	${batch.layout.reference === undefined ? 'b.reference' : 's.reference'}, ${orNull(invalid)},
	${all.map((column) => `${present.has(column) ? 's' : 'b'}.${column}`).join(', ')}
from ${metVersionsSql(batch, met)}
	and j.staged not in (from unchanged)`;
}

/** The versions that the changed births had until now. */
export const supersedeSql = `update birth_version set superseded = h.day, superseded_by = h.number
from judged j join handed_in h on h.file = j.file
where birth_version.rowid = j.version and birth_version.superseded is null
	and j.rule is null and j.staged not in (from unchanged)`;

/** What became of the rows of each file. */
export const outcomesSql = `select h.file as place,
	count_if(j.staged is not null and rule is null and version is null)::integer as added,
	count_if(rule is null and version is not null and u.staged is null)::integer as changed,
	count(u.staged)::integer as unchanged,
	count(rule)::integer as rejected,
	min(case when rule is null then birth_date end) as first_birth,
	max(case when rule is null then birth_date end) as last_birth
from handed_in h left join judged j on j.file = h.file left join unchanged u on u.staged = j.staged
group by h.file order by h.file`;

/**
 * The units' months whose births were added or changed, and the months that a birth of theirs may share a
 * delivery with (twins born before and after midnight on the last of a month), with the day of receipt.
 */
export const touchedSql = `insert into touched
with days as (
	select file, unnest([birth_date, known_birth_date]) as day from judged
	where rule is null and staged not in (from unchanged))
select distinct h.unit, h.day, date_trunc('month', d.day)::date as birth_month
from (select file, day from days union all select file, day + 7 from days) d join handed_in h on h.file = d.file
where d.day is not null`;

/** Everything that was wrong, row by row. */
export function issueSql({ definition, staged }: Staged): string {
	const birthDate = literal(definition.register.birthDate);
	return `insert into issue (submission, row, variable, rule, value)
select h.number, ${rowSql('i.staged')} as row, i.variable, i.rule, i.value from (
	select file, staged, null as variable, rule, null as value from judged where rule is not null
	union all
	select file, staged, found.variable, found.rule, found.value
	from (select file, rowid as staged, unnest(issues) as found from ${staged} where issues is not null)
	union all
	select file, staged, ${birthDate}, 'unitInactive', birth_date::varchar from judged j
	where rule is null and not exists (
		from active_days a where a.file = j.file and j.birth_date between a.from_day and a.to_day)) i
join handed_in h on h.file = i.file
order by h.number, row`;
}
