import type { Variable } from './variable.ts';

/**
 * How a variable's permitted values are stored: codes as an enumeration of the permitted ones (a byte
 * each), identity numbers as a keyed hash only.
 */
export function sqlType(v: Variable): string {
	switch (v.type) {
		case 'integer':
			return 'integer';
		case 'decimal':
			return 'double';
		case 'date':
			return 'date';
		case 'datetime':
			return 'timestamp';
		case 'code':
			return `enum(${(v.codes ?? []).map((c) => literal(c.code)).join(', ')})`;
		case 'classification':
		case 'text':
			return 'varchar';
		case 'identity':
			return 'uuid';
	}
}

/** A text as an SQL literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

const dayForms = ['%Y%m%d', '%d/%m/%Y', '%d.%m.%Y', '%Y/%m/%d'];
const timeForms = ['%Y-%m-%d %H.%M', '%Y%m%d%H%M', '%Y%m%d %H:%M', '%d/%m/%Y %H:%M', '%d.%m.%Y %H:%M'];

/**
 * A written text as a value of the variable's type, or NULL where it cannot be read as one. Numbers may
 * have a decimal comma, and whole numbers a decimal part of nothing (12,0); days may have any of the
 * forms above (day before month), or the one that a profile states.
 */
export function parseSql(v: Variable, written: string, dateForm?: string): string {
	switch (v.type) {
		case 'integer':
		case 'decimal':
			return `coalesce(try_cast(${written} as double), try_cast(replace(${written}, ',', '.') as double))`;
		case 'date':
			return dateForm === undefined
				? `coalesce(try_cast(${written} as date), try_strptime(trim(${written}), [${dayForms.map(literal).join(', ')}])::date)`
				: `try_strptime(trim(${written}), ${literal(dateForm)})::date`;
		case 'datetime':
			return dateForm === undefined
				? `coalesce(try_cast(${written} as timestamp), try_strptime(trim(${written}), [${timeForms.map(literal).join(', ')}]))`
				: `try_strptime(trim(${written}), ${literal(dateForm)})`;
		case 'code':
			return codeSql(v, written);
		case 'classification':
			return `trim(${written})`;
		case 'text':
			return `mask_identity(trim(${written}))`;
		case 'identity':
			return written; // judged and hashed by the statement that reads the file: its key is no part of the catalogue
	}
}

/** Permitted codes pass as written; then without spaces, leading zeros and “.0”. */
function codeSql(v: Variable, written: string): string {
	const type = sqlType(v);
	const bare = `regexp_extract(trim(${written}), '^0*([^.,]+?)([.,]0+)?$', 1)`;
	return `case when ${written} is not null then coalesce(try_cast(${written} as ${type}), try_cast(${bare} as ${type})) end`;
}

type Days = { birth: string; received: string };

const limitSql = (limit: number | string, days: Days): string => {
	if (typeof limit === 'number') return String(limit);
	const relative = /^(birth|received)(?:([+-]\d+)d)?$/.exec(limit);
	if (!relative) return `date ${literal(limit)}`;
	const day = relative[1] === 'birth' ? days.birth : days.received;
	return relative[2] === undefined ? day : `(${day} ${relative[2][0]} ${relative[2].slice(1)})`;
};

/**
 * Whether a value lies within the limits; NULL where that cannot be told (a limit relative to a birth
 * date that the file does not hold). `undefined` where there are no limits.
 */
export function withinSql(
	v: Variable,
	which: 'hardLimits' | 'softLimits',
	value: string,
	days: Days
): string | undefined {
	const limits = v[which];
	if (!limits) return undefined;
	const compared = v.type === 'datetime' ? `${value}::date` : value;
	return `${compared} between ${limitSql(limits[0], days)} and ${limitSql(limits[1], days)}`;
}

/** Whether a day lies in years, which may be open at either end. Not by year(), which fills a cache each time. */
export function withinYearsSql(day: string, from?: number, to?: number): string {
	const parts = [
		from === undefined ? undefined : `${day} >= date '${from}-01-01'`,
		to === undefined ? undefined : `${day} < date '${to + 1}-01-01'`
	].filter((part) => part !== undefined);
	return `(${parts.join(' and ') || 'true'})`;
}

/** Whether a read value is permitted, or undefined where every value that can be read is. */
export function permittedSql(v: Variable, value: string, days: Days): string | undefined {
	const parts: string[] = [];
	if (v.type === 'integer') parts.push(`${value} = floor(${value})`);
	if (v.type !== 'code' && v.type !== 'text' && v.type !== 'classification') parts.push(`isfinite(${value})`);
	const within = withinSql(v, 'hardLimits', value, days);
	if (within) parts.push(`coalesce(${within}, true)`);
	if (v.pattern !== undefined) parts.push(`regexp_full_match(${value}, ${literal(v.pattern)})`);
	const dated = v.codes?.filter((c) => c.from !== undefined || c.to !== undefined) ?? [];
	for (const c of dated)
		parts.push(
			`coalesce(${value} <> ${literal(c.code)} or ${withinYearsSql(days.birth, c.from, c.to)}, true)`
		);
	return parts.length ? parts.join(' and ') : undefined;
}
