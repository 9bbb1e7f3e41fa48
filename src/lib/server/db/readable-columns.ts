import { identifier, literal } from '#lib/catalogue/sql.ts';
import type { ColumnType } from '#lib/notebook/table.ts';
import type { LockedDatabase } from './locked.ts';

/** A column of a table: what it is to a notebook, and the SQL that gives its values in a type that stands for that. */
export type Readable = { name: string; type: ColumnType; sql: string; isLong: boolean };

/** The columns of a temporary table. */
export async function readableColumns(db: LockedDatabase, table: string): Promise<Readable[]> {
	const written = await db.value(
		`select to_json(list({ name: column_name, type: data_type } order by column_index))::varchar
		from duckdb_columns() where table_name = ${literal(table)} and database_name = 'temp'`
	);
	const columns = JSON.parse(String(written)) as { name: string; type: string }[];
	const looked = columns.map(({ name, type }) => ({ name, type, look: lookOf(identifier(name), type) }));
	const asked = looked.flatMap(({ look }) => (look === undefined ? [] : [look]));
	const seen = asked.length
		? (JSON.parse(
				String(await db.value(`select to_json([${asked.join(', ')}])::varchar from temp.main.${table}`))
			) as number[])
		: [];
	return looked.map(({ name, type, look }) =>
		readable(name, type, look === undefined ? undefined : seen.shift())
	);
}

const isWide = (type: string) => /^(BIGINT|U?HUGEINT|UINTEGER|UBIGINT)$/.test(type);
const isMoment = (type: string) => type.startsWith('TIMESTAMP');

/** What has to be looked at before it is clear how a column is read: how wide its numbers are, or whether it has hours. */
function lookOf(column: string, type: string): string | undefined {
	if (isWide(type))
		return `case when coalesce(min(${column}) >= -2147483648 and max(${column}) <= 2147483647, true) then 0
			when min(${column}) >= -9007199254740991 and max(${column}) <= 9007199254740991 then 1 else 2 end`;
	if (isMoment(type))
		return `case when coalesce(bool_and(${column}::timestamp = ${column}::date::timestamp), true) then 0 else 1 end`;
	return undefined;
}

/** How a column is read. Whole numbers that no number of JavaScript can hold are read as the nearest one that can. */
function readable(name: string, type: string, seen: number | undefined): Readable {
	const column = identifier(name);
	const as = (kind: ColumnType, sql: string): Readable => ({
		name,
		type: kind,
		sql,
		isLong: kind === 'text' || kind === 'numbers'
	});
	if (type === 'BOOLEAN') return as('boolean', column);
	if (/^U?(TINY|SMALL)INT$|^INTEGER$/.test(type) || (isWide(type) && seen === 0))
		return as('integer', `${column}::integer`);
	if (isWide(type) && seen === 1) return as('integer', `${column}::bigint`);
	if (isWide(type) || type === 'FLOAT' || type === 'DOUBLE' || type.startsWith('DECIMAL'))
		return as('number', `case when isfinite(${column}::double) then ${column}::double end`);
	if (type === 'DATE' || (isMoment(type) && seen === 0))
		return as(
			'day',
			`case when ${column}::date between '0001-01-01' and '9999-12-31' then ${column}::date end`
		);
	if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))\[\d*\]$/.test(type))
		return as('numbers', `${column}::double[]`);
	return as('text', `${column}::varchar`);
}

/** Answers are cut at so many bytes in their texts and lists, too: that much is read by nobody. */
const longest = 64_000_000;

/** How many of a temporary table's first rows are answered: at most so many, and fewer where they are very long. */
export async function rowsWithin(
	db: LockedDatabase,
	table: string,
	columns: readonly Readable[],
	most: number
): Promise<number> {
	const lengths = columns
		.filter(({ isLong }) => isLong)
		.map(({ type, sql }) => `coalesce(${type === 'text' ? `strlen(${sql})` : `8 * len(${sql})`}, 0)`);
	if (lengths.length === 0) return most;
	const length = lengths.join(' + ');
	const all = await db.value(`select coalesce(sum(${length}), 0)::double from temp.main.${table}`);
	if (Number(all) <= longest) return most;
	const fitting = await db.value(
		`select count(*)::integer from (
			select sum(${length}) over (order by rowid) as so_far from temp.main.${table} limit ${most}
		) where so_far <= ${longest}`
	);
	return Math.min(most, Number(fitting));
}
