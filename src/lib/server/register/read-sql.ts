import { identifier, literal, parseSql, permittedSql, withinSql } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { keptRules, valueRules } from '#lib/submission/issue.ts';
import { kindColumn, kindType, variableColumns } from '#lib/server/db/tables.ts';
import type { Batch } from './batch.ts';
import { writtenColumn as w } from './texts-sql.ts';

/**
 * What the files of a batch are read with, as a table of one row: by the place of each its day of receipt
 * (also as a number, YYYYMMDD), and the pads of the linkage key: bound, not in the statement's text, which
 * stands in messages of errors. One row, as a join could change the order of the births.
 */
export const givenColumns = 'received date[], today integer[], inner_pad blob, outer_pad blob';

/** The row of the table of `givenColumns` for a batch, and its values. */
export function givenRow({ files, key }: Batch): [sql: string, values: Record<string, string>] {
	const days = files.map(({ submission }) => submission.receivedAt.slice(0, 10));
	const numbers = days.map((day) => day.replaceAll('-', ''));
	return [
		`values ([${days.map((day) => `date ${literal(day)}`).join(', ')}], [${numbers.map(Number).join(', ')}],
			unhex($inner_pad), unhex($outer_pad))`,
		{ inner_pad: key.innerPad, outer_pad: key.outerPad }
	];
}

/** The columns of the table that files are read into: those of the variables they hold, and these. */
export const stagedColumns = (variables: readonly Variable[]) => [
	{ column: 'file', type: 'smallint' },
	...variableColumns(variables),
	{ column: 'reference', type: 'varchar' },
	{ column: 'reference_is_identity', type: 'boolean' },
	{ column: 'birth_key', type: 'varchar' },
	{ column: 'issues', type: 'struct(variable varchar, "rule" varchar, "value" varchar)[]' }
];

// With a space in them, which no variable's name has.
const p = ({ id }: { id: string }) => identifier(`read ${id}`);
const r = ({ id }: { id: string }) => identifier(`rule ${id}`);
const n = ({ id }: { id: string }) => identifier(`digits ${id}`);
const k = kindColumn;

/** The rules that a single value can break. */
const allRules = [...valueRules, ...keptRules] as const;
type ValueRule = (typeof allRules)[number];

const pads = 'inner_pad, outer_pad';

/**
 * One question that reads files: texts → values of the catalogue's types, with what is not permitted left
 * out and listed; a row per row of the files and in their order, in the columns of `stagedColumns`. `texts` is
 * a table or question in the columns of `textColumns`, `given` the table of `givenColumns`. Each level names
 * what the next one uses: the value read, the kind of an identity number, the permitted value (under the
 * variable's own name), the rule that it breaks, issues and keys.
 */
export function readSql(batch: Batch, texts: string, given: string): string {
	const { definition: d, layout, present } = batch;
	const identities = present.filter((v) => v.type === 'identity');
	const has = (id: string) => present.some((v) => v.id === id);
	const days = {
		birth: has(d.register.birthDate) ? p({ id: d.register.birthDate }) : 'null::date',
		received: 'received'
	};
	const read = present.map((v) => {
		const dateForm = layout.columns.get(v.id)?.dateForm;
		let parsed = v.type === 'identity' ? `identity_number(${w(v)}, today)` : parseSql(v, w(v), dateForm);
		if (mayHoldNumbers(v)) parsed = `mask_identity(${parsed})`;
		return `${mayBeEmpty(v) ? `nullif(${parsed}, '')` : parsed} as ${p(v)}`;
	});
	const kinds = identities.map((v) => {
		const type = d.register.identityType;
		const isReserve =
			type && type.of === v.id && has(type.variable)
				? `coalesce(${p({ id: type.variable })} in (${type.reserve.map(literal).join(', ')}), false)`
				: 'false';
		return `identity_kind(${p(v)}, ${n(v)}, ${isReserve}, today)::${kindType} as ${k(v)}`;
	});
	const permitted = present.map((v) => {
		if (v.type === 'identity')
			return `case when ${k(v)} is not null then keyed(${p(v)}, ${pads}) end as ${identifier(v.id)}`;
		const conditions = [permittedSql(v, p(v), days), v.hardLimits ? undefined : smallSql(v)];
		const condition = conditions.filter(Boolean).join(' and ');
		const value = v.type === 'integer' ? `try_cast(${p(v)} as integer)` : p(v);
		return `${condition ? `case when ${condition} then ${value} end` : value} as ${identifier(v.id)}`;
	});

	const rules = present.map((v) => `${ruleSql(v, days)} as ${r(v)}`);
	const shown = present.map((v) => (v.type === 'identity' ? 'null' : w(v)));
	return `select file, ${variableColumns(present)
		.map(({ column }) => column)
		.join(', ')},
	left(reference, 80) as reference,
	reference_is_identity,
	${keySql(batch)} as birth_key,
	case when found is not null then ${issuesSql(present)} end as issues
from (select *,
	case when coalesce(${present.map(r).join(', ')}) is not null then [${present.map(r).join(', ')}] end as found,
	case when coalesce(${present.map(r).join(', ')}) is not null then [${shown.join(', ')}]::varchar[] end as texts
from (select *, ${rules.join(',\n\t')}
from (select *, ${permitted.join(',\n\t')}
from (select *${kinds.map((kind) => `, ${kind}`).join('')}
from (select *${identities.map((v) => `, try_cast(${p(v)} as bigint) as ${n(v)}`).join('')}
from (select *, ${read.join(',\n\t')},
	coalesce(${holdsIdentitySql('reference')}, false) as reference_is_identity
from (select t.*, received[file + 1] as received, today[file + 1] as today, inner_pad, outer_pad
from ${texts} t, ${given})))))))`;
}

/** Types whose reading of spaces is an empty text, which is nothing. */
const mayBeEmpty = (v: Variable) => ['text', 'classification', 'identity'].includes(v.type);

/** A code that nothing is asked of could be an identity number, and so could a number without limits. */
const mayHoldNumbers = (v: Variable) => v.type === 'classification' && v.pattern === undefined;
const smallSql = (v: Variable) =>
	v.type === 'integer' || v.type === 'decimal' ? `abs(${p(v)}) < 1e9` : undefined;

/** Whether a text holds a personal identity or coordination number, alone or among other characters. */
function holdsIdentitySql(text: string): string {
	const written = '(?:^|[^0-9])((?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4})(?:[^0-9]|$)';
	const number = `identity_number(replace(found, ' ', ''), today)`;
	return `case when regexp_matches(${text}, '[0-9]{6}[-+ ]?[0-9]{4}')
		then len(list_filter(regexp_extract_all(${text}, '${written}', 1),
			found -> identity_kind(${number}, try_cast(${number} as bigint), false, today) is not null)) > 0 end`;
}

const unread: Record<Variable['type'], ValueRule> = {
	integer: 'number',
	decimal: 'number',
	date: 'date',
	datetime: 'date',
	code: 'code',
	identity: 'identity',
	classification: 'pattern',
	text: 'pattern'
};

/** The rule that a value breaks, as its number among all of them (a byte, not a text, for every cell); else NULL. */
function ruleSql(v: Variable, days: { birth: string; received: string }): string {
	const numberOf = (rule: ValueRule) => `${allRules.indexOf(rule) + 1}::utinyint`;
	const cannotRead = numberOf(unread[v.type]);
	const readable =
		v.type === 'integer' ? `${p(v)} = floor(${p(v)}) and isfinite(${p(v)})` : `isfinite(${p(v)})`;
	const invalid = v.hardLimits
		? `case when ${readable} then ${numberOf('limits')} else ${cannotRead} end`
		: cannotRead;
	const within = withinSql(v, 'softLimits', identifier(v.id), days);
	const implausible = within ? ` when not (${within}) then ${numberOf('implausible')}` : '';
	// Spaces alone are nothing written.
	return `case when ${identifier(v.id)} is null then case when trim(${w(v)}) <> '' then ${invalid} end${implausible} end`;
}

/** The issues of a row that has any, from the numbers of the rules and the texts of all its variables. */
function issuesSql(present: readonly Variable[]): string {
	const list = (texts: readonly string[]) => `[${texts.map(literal).join(', ')}]`;
	return `list_transform(list_filter(range(1, ${present.length + 1}), place -> found[place] is not null),
		place -> {'variable': ${list(present.map((v) => v.id))}[place], 'rule': ${list(allRules)}[found[place]],
			'value': left(mask_identity(texts[place]), 60)})`;
}

/** How a birth is known again: the row key of the profile, or the first of the register's ways that the row can use. */
function keySql({ definition: d, layout, profile }: Batch): string {
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
