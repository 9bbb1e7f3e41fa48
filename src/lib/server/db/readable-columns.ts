import { identifier } from '#lib/catalogue/sql.ts';
import type { ColumnType } from '#lib/notebook/table.ts';
import type { LockedDatabase } from './locked.ts';

/** A column of a table: what it is to a notebook, and the SQL that gives its values in a type that stands for that. */
export type Readable = { name: string; type: ColumnType; sql: string };

/** The columns of a temporary table, and how many bytes their texts and lists take together. */
export async function readableColumns(
	db: LockedDatabase,
	table: string
): Promise<{ columns: Readable[]; length: string; bytes: number }> {
	const found = (await db.columns(`from temp.main.${table}`)).map(({ name, type }) => ({
		name,
		type,
		look: lookOf(identifier(name), type)
	}));
	const lengths = found.flatMap(({ name, type }) => lengthOf(identifier(name), type) ?? []);
	const length = lengths.length ? lengths.join(' + ') : '0';
	const looks = found.flatMap(({ look }) => look ?? []);
	const asked = [...looks, ...(lengths.length ? [`coalesce(sum(${length}), 0)`] : [])];
	const seen = asked.length
		? (JSON.parse(
				String(await db.value(`select to_json([${asked.join(', ')}])::varchar from temp.main.${table}`))
			) as number[])
		: [];
	const columns = found.map(({ name, type, look }) =>
		readable(name, type, look === undefined ? undefined : seen.shift())
	);
	return { columns, length, bytes: seen[0] ?? 0 };
}

const isWide = (type: string) => /^(BIGINT|U?HUGEINT|UINTEGER|UBIGINT)$/.test(type);
const isMoment = (type: string) => type.startsWith('TIMESTAMP');
const isNarrow = (type: string) => /^U?(TINY|SMALL)INT$|^INTEGER$/.test(type);
const isNumber = (type: string) => /^(FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type);
const isNumbers = (type: string) =>
	/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))\[\d*\]$/.test(type);

/** What has to be looked at before it is clear how a column is read: how wide its numbers are, or whether it has hours. */
function lookOf(column: string, type: string): string | undefined {
	if (isWide(type))
		return `case when coalesce(min(${column}) >= -2147483648 and max(${column}) <= 2147483647, true) then 0
			when min(${column}) >= -9007199254740991 and max(${column}) <= 9007199254740991 then 1 else 2 end`;
	if (isMoment(type))
		return `case when coalesce(bool_and(${column}::timestamp = ${column}::date::timestamp), true) then 0 else 1 end`;
	return undefined;
}

/** How long the values of a column are in bytes, where they can be long. */
function lengthOf(column: string, type: string): string | undefined {
	if (isNumbers(type)) return `coalesce(8 * len(${column}), 0)`;
	if (
		type === 'BOOLEAN' ||
		type === 'DATE' ||
		isNarrow(type) ||
		isWide(type) ||
		isMoment(type) ||
		isNumber(type)
	)
		return undefined;
	return `coalesce(strlen(${column}::varchar), 0)`;
}

/** How a column is read. Whole numbers that no number of JavaScript can hold are read as the nearest one that can. */
function readable(name: string, type: string, seen: number | undefined): Readable {
	const column = identifier(name);
	const as = (kind: ColumnType, sql: string): Readable => ({ name, type: kind, sql });
	if (type === 'BOOLEAN') return as('boolean', column);
	if (isNarrow(type) || (isWide(type) && seen === 0)) return as('integer', `${column}::integer`);
	if (isWide(type) && seen === 1) return as('integer', `${column}::bigint`);
	if (isWide(type) || isNumber(type))
		return as('number', `case when isfinite(${column}::double) then ${column}::double end`);
	if (type === 'DATE' || (isMoment(type) && seen === 0))
		return as(
			'day',
			`case when ${column}::date between '0001-01-01' and '9999-12-31' then ${column}::date end`
		);
	if (isNumbers(type)) return as('numbers', `${column}::double[]`);
	return as('text', `${column}::varchar`);
}

/** Answers are cut at so many bytes in their texts and lists, and in the rest: that much is read by nobody. */
const longest = 100_000_000;

/** How many of a temporary table's first rows are answered: at most so many, and fewer of long or many columns. */
export async function rowsWithin(
	db: LockedDatabase,
	table: string,
	{ columns, length, bytes }: { columns: readonly Readable[]; length: string; bytes: number },
	rows: number
): Promise<number> {
	const most = Math.min(rows, Math.floor(longest / (8 * columns.length)));
	if (bytes <= longest) return most;
	const fitting = await db.value(
		`select count(*)::integer from (
			select sum(${length}) over (order by rowid) as so_far from temp.main.${table} limit ${most}
		) where so_far <= ${longest}`
	);
	return Math.min(most, Number(fitting));
}
