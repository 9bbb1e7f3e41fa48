import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { identifier, literal, withinSql } from '#lib/catalogue/sql.ts';
import { hasDistribution, isReported, type Variable } from '#lib/catalogue/variable.ts';
import { appliesSql } from './counted-births.ts';

const days = { birth: 'birth_date', received: 'received' };

/** Births to which the variable applies, once per delivery where it is the mother's. */
export function denominatorSql(v: Variable): string | undefined {
	const parts = [v.level === 'delivery' ? 'counts_delivery' : undefined, appliesSql(v)].filter(Boolean);
	return parts.length ? parts.join(' and ') : undefined;
}

// Not `filter (where …)`: DuckDB gives each of these a buffer for every column, which costs more than the count.
export const counted = (condition: string | undefined) =>
	// where the condition is unknown for every birth, count_if gives null
	condition ? `coalesce(count_if(${condition}), 0)::integer` : 'count(*)::integer';
const both = (...conditions: (string | undefined)[]) => conditions.filter(Boolean).join(' and ');

/** Coded variables: the cubes keep every code's number. */
const coded = (d: Definition) => d.variables.filter((v) => v.codes && hasDistribution(v));
/** Numbers whose distribution is kept value by value, or by their last digits. */
const numbered = (d: Definition) => d.variables.filter((v) => !v.codes && hasDistribution(v));

/**
 * All counts of the touched months in one pass over their births, a row per unit and month: per variable
 * applicable (a_), written and permitted (r_), unknown (u_) and implausible (m_), and per code but the
 * last (c_variable_index): the last one's number is what remains.
 */
export function countSql(d: Definition): string {
	const columns: string[] = [
		'unit',
		'birth_month',
		`${counted(undefined)} as births`,
		`${counted('counts_delivery')} as deliveries`,
		`${counted('live_born')} as live_births`,
		`${counted('first_received <= birth_date + interval 1 month')} as on_time`
	];
	for (const v of d.variables) {
		const id = identifier(v.id);
		const among = denominatorSql(v);
		const column = (prefix: string) => identifier(`${prefix}_${v.id}`);
		columns.push(`${counted(among)} as ${column('a')}`);
		columns.push(
			`${among ? counted(both(among, `${id} is not null`)) : `count(${id})::integer`} as ${column('r')}`
		);
		if (v.unknownCodes.length)
			columns.push(
				`${counted(both(among, `${id} in (${v.unknownCodes.map(literal).join(', ')})`))} as ${column('u')}`
			);
		const within = withinSql(v, 'softLimits', id, days);
		if (within) columns.push(`${counted(both(among, `not (${within})`))} as ${column('m')}`);
		if (v.codes && hasDistribution(v))
			v.codes
				.slice(0, -1)
				.forEach((c, index) =>
					columns.push(`${counted(both(among, `${id} = ${literal(c.code)}`))} as ${column(`c${index}`)}`)
				);
	}
	for (const form of d.register.forms) {
		const missing = formMissingSql(d, form.id);
		if (missing)
			columns.push(
				`${counted(both(form.level === 'delivery' ? 'counts_delivery' : undefined, missing))} as ${identifier(`f_${form.id}`)}`
			);
	}
	return `select ${columns.join(',\n\t')}
from births group by unit, birth_month`;
}

/** A form is missing when nothing of it was written; identity, date and order stand on every form. */
export function formMissingSql(d: Definition, form: string): string | undefined {
	const { birthDate, birthOrder, mother, child, identityType } = d.register;
	const everywhere = new Set([birthDate, birthOrder, mother, child, identityType?.variable]);
	const own = reported(d).filter((v) => v.form === form && !everywhere.has(v.id));
	if (own.length === 0) return undefined;
	return `(${own.map((v) => `${identifier(v.id)} is null`).join(' and ')})`;
}

/**
 * What is counted value by value: per birth of the touched months the numbers with a distribution (or their last
 * digits), under the variables' names, and the variables whose value was invalid (`invalid`), each where the variable applies.
 */
export function notedSql(d: Definition): string {
	const conditions = d.variables.filter(isReported).flatMap((v) => {
		const among = denominatorSql(v);
		return among ? [`when ${literal(v.id)} then ${among}`] : [];
	});
	const invalid = conditions.length
		? `list_filter(invalid, name -> case name ${conditions.join('\n\t')} else true end)`
		: 'invalid';
	const values = numbered(d).map((v) => {
		const among = denominatorSql(v);
		const id = identifier(v.id);
		const value = v.distribution === 'lastDigit' ? `${id} % 10` : id;
		return `${among ? `case when ${among} then ${value} end` : value} as ${id}`;
	});
	return `select unit, birth_month, ${[`${invalid} as invalid`, ...values].join(',\n\t')}
from births`;
}

/** Invalid values per unit, month and variable, out of \`noted\`. */
export const invalidSql = `select unit, birth_month, variable, count(*)::integer as n
from (select unit, birth_month, unnest(invalid) as variable from noted where invalid is not null) group by all`;

/** Rows of cube_item out of `counted` and `invalid_values`, without days. */
export function itemRowsSql(d: Definition): string {
	const items = d.variables.map((v) => {
		const column = (prefix: string) => identifier(`${prefix}_${v.id}`);
		const unknown = v.unknownCodes.length ? column('u') : '0';
		return `{variable: ${literal(v.id)}, n_applicable: ${column('a')}, n_written: ${column('r')}, n_unknown: ${unknown},
		n_implausible: ${v.softLimits ? column('m') : '0'}, blank_is_value: ${v.completeness === 'blankIsValue'}}`;
	});
	return `select unit, birth_month, variable, n_applicable,
	case when blank_is_value then n_applicable - n_unknown - n_invalid else n_written - n_unknown end as n_recorded,
	n_unknown,
	case when blank_is_value then 0 else n_applicable - n_written - n_invalid end as n_blank,
	n_invalid, n_implausible
from (select i.*, coalesce(e.n, 0) as n_invalid
	from (select unit, birth_month, unnest([${items.join(',\n\t\t')}], recursive := true) from counted) i
	left join invalid_values e on e.unit = i.unit and e.birth_month = i.birth_month and e.variable = i.variable)`;
}

/** Rows of cube_code: closed code lists out of `counted`, numbers value by value out of `noted`. */
export function codeRowsSql(d: Definition): string {
	const codes = coded(d).flatMap((v) => {
		const column = (prefix: string) => identifier(`${prefix}_${v.id}`);
		const list = v.codes ?? [];
		const rest = list.slice(0, -1).map((_, index) => ` - ${column(`c${index}`)}`);
		return list.map((c, index) => {
			const n = index < list.length - 1 ? column(`c${index}`) : column('r') + rest.join('');
			return `{variable: ${literal(v.id)}, code: ${literal(c.code)}, n: ${n}}`;
		});
	});
	const lists = codes.length
		? [`select unit, birth_month, unnest([${codes.join(',\n\t')}], recursive := true) from counted`]
		: [];
	const values = numbered(d).map((v) => {
		const id = identifier(v.id);
		return `select unit, birth_month, ${literal(v.id)}, ${id}::varchar, count(*)::integer from noted
		where ${id} is not null group by all`;
	});
	return `select * from (${[...lists, ...values].join('\nunion all\n')}) where n > 0`;
}

/** Rows of cube_form out of `counted`. */
export function formRowsSql(d: Definition): string {
	const forms = d.register.forms.map((form) => {
		const n = form.level === 'delivery' ? 'deliveries' : 'births';
		const missing = formMissingSql(d, form.id) ? identifier(`f_${form.id}`) : '0';
		return `{form: ${literal(form.id)}, n_applicable: ${n}, n_missing: ${missing}}`;
	});
	return `select unit, birth_month, unnest([${forms.join(', ')}], recursive := true) from counted`;
}
