import type { Definition } from '#lib/catalogue/catalogue.ts';
import { clinicNumberSql } from '#lib/catalogue/clinic-number.ts';
import { identifier, literal, withinSql } from '#lib/catalogue/sql.ts';
import { isReported, type Variable } from '#lib/catalogue/variable.ts';
import { sameDayEarlier } from '#lib/period/comparison.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import { counted, denominatorSql, formMissingSql } from './count-sql.ts';
import { countedBirthsSql, sameDeliveryDays } from './counted-births.ts';

/** Months of births, as they stood on a day. */
export type CountedClinics = { period: Period; asOf: Day };

/** The clinic of a birth's mother; no variable can be called so. */
const clinic = identifier('clinic number');

/** The variable with a clinic's number and the forms of clinics; undefined where the register knows of none. */
export function clinicRole({ register, byId }: Definition) {
	return register.clinic && byId.has(register.clinic.variable) ? register.clinic : undefined;
}

/**
 * The variables that are counted by clinic: those of its forms that are reported, or hold the completeness of a group of
 * tick boxes. Its own number is none: births without it are no clinic's.
 */
export function clinicVariables(d: Definition): Variable[] {
	const { variable, forms = [] } = clinicRole(d) ?? {};
	const { variables } = d;
	const groups = new Set(variables.map((v) => v.group));
	return variables.filter(
		(v) => forms.includes(v.form) && v.id !== variable && (isReported(v) || groups.has(v.id))
	);
}

/** The forms that are counted by clinic. A birth that lacks the one with the clinic's number is no clinic's. */
export function clinicForms(d: Definition): string[] {
	const { variable, forms = [] } = clinicRole(d) ?? {};
	return forms.filter((form) => form !== d.byId.get(variable ?? '')?.form);
}

/** The births of some months as they stood on a day, each with its clinic's number, for the statements below. */
function birthsSql(d: Definition, { period, asOf }: CountedClinics): string {
	const [from, after] = [`date '${period.from}-01'`, `date '${addMonths(period.to, 1)}-01'`];
	const day = `date ${literal(asOf)}`;
	const role = clinicRole(d);
	// without clinics every birth is without one
	const number = role
		? `case when list_contains(invalid, ${literal(role.variable)}) then '?'
			else ${clinicNumberSql(identifier(role.variable))} end`
		: 'null::varchar';
	return `current_births as not materialized (
		select *, rowid as version from birth_version
		where received <= ${day} and (superseded is null or superseded > ${day})
			and birth_date >= ${from} - ${sameDeliveryDays} and birth_date < ${after}),
	touched as (
		select distinct unit, date_trunc('month', birth_date)::date as birth_month from birth_version
		where birth_date >= ${from} and birth_date < ${after}),
	births as not materialized (
		select *, ${number} as ${clinic}
		from (${countedBirthsSql(d)}))`;
}

/**
 * Births by clinic, unit and month: `births`, `deliveries`, and `early`: those that had come by the same day a year
 * before. The clinic is null where no number is written, `?` where it is none (see `clinicNumberSql`).
 */
export function clinicBirthsSql(d: Definition, question: CountedClinics): string {
	return `with ${birthsSql(d, question)}
	select ${clinic} as clinic, unit, birth_month, ${counted(undefined)} as births,
		${counted('counts_delivery')} as deliveries,
		${counted(`first_received <= date ${literal(sameDayEarlier(question.asOf, 1))}`)} as early
	from births group by all`;
}

/** A variable and a form may be called the same. */
export const variableSubject = (id: string) => `variable ${id}`;
export const formSubject = (id: string) => `form ${id}`;

/**
 * The counts of cube_item by clinic and month, of all clinics in one pass over their births. `subject` is a variable or
 * a form, of which a birth that has it is recorded and one that lacks it blank.
 */
export function clinicItemsSql(d: Definition, question: CountedClinics): string {
	const variables = clinicVariables(d);
	const forms = clinicForms(d);
	if (variables.length + forms.length === 0) return noItemsSql;
	const columns = [
		...variables.flatMap((v, place) => countsOf(v).map((count, nr) => `${count} as ${'aruim'[nr]}${place}`)),
		...forms.flatMap((form, place) => {
			const among =
				d.register.forms.find((f) => f.id === form)?.level === 'delivery' ? 'counts_delivery' : '';
			const missing = formMissingSql(d, form) ?? 'false';
			return [
				`${counted(among || undefined)} as g${place}`,
				`${counted([among, missing].filter(Boolean).join(' and '))} as f${place}`
			];
		})
	];
	const items = [
		...variables.map(
			(
				v,
				place
			) => `{subject: ${literal(variableSubject(v.id))}, n_applicable: a${place}, n_written: r${place},
			n_unknown: u${place}, n_invalid: i${place}, n_implausible: m${place}, blank_is_value: ${v.completeness === 'blankIsValue'}}`
		),
		...forms.map(
			(
				form,
				place
			) => `{subject: ${literal(formSubject(form))}, n_applicable: g${place}, n_written: g${place} - f${place},
			n_unknown: 0, n_invalid: 0, n_implausible: 0, blank_is_value: false}`
		)
	];
	return `with ${birthsSql(d, question)},
	counted as (select ${clinic} as clinic, birth_month, ${columns.join(',\n\t')}
		from births where ${clinic} <> '?' group by ${clinic}, birth_month)
	select clinic, birth_month, subject, n_applicable,
		case when blank_is_value then n_applicable - n_unknown - n_invalid else n_written - n_unknown end as n_recorded,
		n_unknown, case when blank_is_value then 0 else n_applicable - n_written - n_invalid end as n_blank,
		n_invalid, n_implausible
	from (select clinic, birth_month, unnest([${items.join(',\n\t')}], recursive := true) from counted)
	where n_applicable > 0`;
}

/** The same where there is nothing to count. */
const noItemsSql = `select ''::varchar as clinic, date '1000-01-01' as birth_month, ''::varchar as subject,
	0 as n_applicable, 0 as n_recorded, 0 as n_unknown, 0 as n_blank, 0 as n_invalid, 0 as n_implausible where false`;

const days = { birth: 'birth_date', received: 'received' };

/** Of the births to which a variable applies: all, those written, unknown, invalid and implausible, as in cube_item. */
function countsOf(v: Variable): string[] {
	const id = identifier(v.id);
	const among = denominatorSql(v);
	const those = (condition: string | undefined) =>
		condition ? counted([among, condition].filter(Boolean).join(' and ')) : '0';
	const within = withinSql(v, 'softLimits', id, days);
	return [
		counted(among),
		those(`${id} is not null`),
		those(v.unknownCodes.length ? `${id} in (${v.unknownCodes.map(literal).join(', ')})` : undefined),
		those(`list_contains(invalid, ${literal(v.id)})`),
		those(within ? `not (${within})` : undefined)
	];
}
