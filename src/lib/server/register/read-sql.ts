import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { identifier, literal, parseSql, permittedSql, withinSql } from '#lib/catalogue/sql.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import type { ActivePeriod } from '#lib/catalogue/unit.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Layout, LayoutColumn } from '#lib/submission/layout.ts';
import type { LinkageKey } from './key.ts';
import type { Look } from './look.ts';

/** What the statement needs to know of one submission. `received` is its day as text. */
export type Reading = {
	definition: Definition;
	look: Look;
	layout: Layout;
	profile: Profile | undefined;
	received: string;
	key: LinkageKey;
	activePeriods: readonly ActivePeriod[];
};

const raw = (position: number) => `c${position}`;

/** The reported variables that the file holds, in the order of the catalogue. */
export const presentVariables = ({ definition, layout }: Pick<Reading, 'definition' | 'layout'>) =>
	reported(definition).filter((v) => layout.columns.has(v.id) || layout.constants.has(v.id));

/**
 * One statement that reads a file into `staging.births`: texts → values of the catalogue's types, with
 * what is not permitted left out and listed. Four levels, each naming what the next one uses:
 * written text (w_), read value (p_), permitted value (the variable's own name), issues and keys.
 */
export function readSql(reading: Reading): string {
	const { definition: d, layout, profile, received, key } = reading;
	const present = presentVariables(reading);
	const day = `date ${literal(received)}`;
	const w = (v: Variable) => identifier(`w_${v.id}`);
	const p = (v: Variable) => identifier(`p_${v.id}`);
	const has = (id: string) => present.some((v) => v.id === id);
	const days = {
		birth: has(d.register.birthDate) ? identifier(`p_${d.register.birthDate}`) : 'null::date',
		received: day
	};
	const pads = `unhex('${key.innerPad}'), unhex('${key.outerPad}')`;
	const reference = layout.reference === undefined ? 'null' : `nullif(trim(${raw(layout.reference)}), '')`;

	const written = present.map((v) => `${writtenSql(v, layout)} as ${w(v)}`);
	const read = present.map((v) => {
		const dateForm = layout.columns.get(v.id)?.dateForm;
		const parsed = v.type === 'identity' ? `identity_number(${w(v)}, ${day})` : parseSql(v, w(v), dateForm);
		return `${parsed} as ${p(v)}`;
	});
	const permitted = present.map((v) => {
		if (v.type === 'identity') {
			const type = d.register.identityType;
			const isReserve =
				type && type.of === v.id && has(type.variable)
					? `coalesce(${identifier(`p_${type.variable}`)} in (${type.reserve.map(literal).join(', ')}), false)`
					: 'false';
			return `case when identity_kind(${p(v)}, ${isReserve}, ${day}) is not null then keyed(${p(v)}, ${pads}) end as ${identifier(v.id)}`;
		}
		const condition = permittedSql(v, p(v), days);
		const value = v.type === 'integer' ? `try_cast(${p(v)} as integer)` : p(v);
		return `${condition ? `case when ${condition} then ${value} end` : value} as ${identifier(v.id)}`;
	});

	const judged = present.map((v) => ({ v, ...judgedSql(v, w(v), p(v), days) }));
	const anyIssue = judged.map((j) => j.when).join(' or ');
	const issues = judged.map(
		({ v, when, rule, value }) =>
			`case when ${when} then {'variable': ${literal(v.id)}, 'rule': ${rule}, 'value': ${value}} end`
	);
	return `create or replace table staging.births as
select ${present.map((v) => identifier(v.id)).join(', ')},
	left(reference, 80) as reference,
	reference_is_identity,
	${keySql(reading)} as birth_key,
	case when ${anyIssue} then list_filter([${issues.join(',\n\t\t')}], found -> found is not null) end as issues
from (select *, ${permitted.join(',\n\t')}
from (select *, ${read.join(',\n\t')},
	coalesce(length(reference) >= 10 and identity_kind(identity_number(reference, ${day}), false, ${day}) in ('personal', 'coordination'), false) as reference_is_identity
from (select ${[...written, `${reference} as reference`, rowHashSql(reading, pads)].join(',\n\t')}
from ${csvSql(reading)})))`;
}

/** The text of a variable: mapped where a profile says so, several columns joined, a constant where it has one. */
function writtenSql(v: Variable, layout: Layout): string {
	const constant = layout.constants.get(v.id);
	const column = layout.columns.get(v.id);
	if (!column) return literal(constant ?? '');
	const texts = column.positions.map((position) => mappedSql(column, raw(position)));
	return texts.length === 1 ? (texts[0] as string) : `nullif(concat_ws(' ', ${texts.join(', ')}), '')`;
}

const mappedSql = (column: LayoutColumn, text: string) =>
	column.codes
		? `case trim(${text}) ${Object.entries(column.codes)
				.map(([theirs, ours]) => `when ${literal(theirs)} then ${literal(ours)}`)
				.join(' ')} else ${text} end`
		: text;

const unread: Partial<Record<Variable['type'], string>> = {
	integer: 'number',
	decimal: 'number',
	date: 'date',
	datetime: 'date',
	code: 'code',
	identity: 'identity',
	classification: 'pattern',
	text: 'pattern'
};

/** When a value is an issue, by which rule, and the value to show: never an identity number. */
function judgedSql(v: Variable, written: string, read: string, days: { birth: string; received: string }) {
	const kept = identifier(v.id);
	const invalid = `(${written} is not null and ${kept} is null)`;
	const unlikely = withinSql(v, 'softLimits', kept, days);
	const implausible = unlikely && `not coalesce(${unlikely}, true)`;
	const cannotRead = literal(unread[v.type] ?? 'pattern');
	const byLimits = v.hardLimits
		? `case when ${read} is null then ${cannotRead} else 'limits' end`
		: cannotRead;
	return {
		when: implausible ? `${invalid} or ${implausible}` : invalid,
		rule: implausible ? `case when ${invalid} then ${byLimits} else 'implausible' end` : byLimits,
		value: v.type === 'identity' ? 'null::varchar' : `mask_identity(left(${written}, 60))`
	};
}

/** How a birth is known again: the row key of the profile, or the first of the register's ways that the row can use. */
function keySql({ definition: d, layout, profile }: Reading): string {
	if (profile?.rowKey) return 'row_hash';
	const ways = d.register.birthKey
		.map((ids, index) => ({ ids, index }))
		.filter(({ ids }) =>
			ids.every(
				(id) =>
					layout.columns.has(id) || (id === d.register.reference?.column && layout.reference !== undefined)
			)
		);
	const part = (id: string) => {
		if (id === d.register.reference?.column) return 'reference';
		return id === d.register.birthOrder
			? `coalesce(${identifier(id)}, 1)::varchar`
			: `${identifier(id)}::varchar`;
	};
	return ways.length
		? `coalesce(${ways.map(({ ids, index }) => `'${index}:' || ${ids.map(part).join(` || '/' || `)}`).join(', ')})`
		: 'null::varchar';
}

/** The keyed hash of a row's identifying columns, for a layout without a reference. */
function rowHashSql({ look, profile }: Reading, pads: string): string {
	const key = profile?.rowKey;
	if (!key) return 'null as row_hash';
	const positions =
		key.columns === 'all'
			? look.scan.header.map((_, index) => index)
			: key.columns.map((name) =>
					look.scan.header.findIndex((h) => h.trim().toUpperCase() === name.toUpperCase())
				);
	const joined = positions.map((position) => `coalesce(${raw(position)}, '')`).join(` || chr(31) || `);
	return `keyed(${joined}, ${pads})::varchar as row_hash`;
}

/** The file as texts, with every option stated and nothing guessed. */
function csvSql({ look }: Reading): string {
	const columns = look.scan.header.map((_, index) => `'${raw(index)}': 'varchar'`).join(', ');
	const options = [
		`columns = {${columns}}`,
		`delim = ${literal(look.delimiter)}`,
		`new_line = '${look.scan.newline === '\r\n' ? '\\r\\n' : '\\n'}'`,
		`max_line_size = ${Math.max(2_097_152, look.scan.longestRow + 1024)}`,
		`quote = '"', escape = '"', nullstr = '', comment = '', header = true, skip = 0`,
		`auto_detect = false, null_padding = false, ignore_errors = false, allow_quoted_nulls = true, encoding = 'utf-8'`
	];
	return `read_csv(${literal(look.readable)}, ${options.join(', ')})`;
}
