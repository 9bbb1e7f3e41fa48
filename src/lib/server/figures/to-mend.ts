import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { filledInFor, ownOfForm } from '#lib/catalogue/filled-in.ts';
import { identifier, literal, withinSql } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import { valueRules } from '#lib/submission/issue.ts';
import { countedBirthsSql, sameDeliveryDays } from '#lib/server/cube/counted-births.ts';
import { denominatorSql, formMissingSql } from '#lib/server/cube/count-sql.ts';
import type { Register } from '#lib/server/register/open.ts';

/** What is wrong with a birth in a variable, or in a form that is missing as a whole. */
export const mendFaults = ['invalid', 'blank', 'unknown', 'implausible', 'form'] as const;
export type MendFault = (typeof mendFaults)[number];

/** A birth to mend: never with an identity number. */
export type BirthToMend = {
	/** The unit's own reference to the birth; null where it came by another way. */
	reference: string | null;
	birthDate: Day;
	/** The receipt and row by which the birth came to stand as it does. */
	submission: number;
	row: number;
	fault: MendFault;
	/** What stands there; of an invalid value the text as it came, where it was kept. */
	written: string | null;
	/** What stands in the columns to be filled in, as texts that change nothing when they are handed in. */
	cells: (string | null)[];
};

export type MendList = {
	rows: BirthToMend[];
	/** How many births the question has in all, and by fault whichever was asked for. */
	total: number;
	faults: { fault: MendFault; births: number; withReference: number }[];
	/** The variables whose columns have to be filled in; their values are in `cells`. */
	columns: Variable[];
};

export type MendQuestion = {
	unit: string;
	period: Period;
	asOf: Day;
	/** Births with this fault only. */
	fault?: MendFault | undefined;
	sort: 'date' | 'reference';
	/** All births where it is left out. */
	limit?: number;
	offset?: number;
};

/**
 * The births of a unit, as they stood on a day, in which a variable that applies to them is blank, unknown
 * (where that does not count as recorded), invalid or implausible: those that the figures count, so of a
 * delivery with twins one. Blank tick boxes and blanks that are answers are no faults. Undefined where there is
 * no such variable or unit, or the unit is outside the scope.
 */
export async function birthsToMend(
	scope: Scope,
	register: Register,
	{ variable: id, ...question }: MendQuestion & { variable: string }
): Promise<MendList | undefined> {
	const { definition } = register;
	const variable = definition.byId.get(id);
	if (!variable || !definition.unitById.has(question.unit) || !maySee(scope, question.unit)) return undefined;
	return list(register, question, {
		among: denominatorSql(variable),
		fault: faultSql(variable),
		shown: variable,
		columns: filledInFor(variable, definition)
	});
}

/** The births of a unit that lack a form altogether, as `birthsToMend` gives those with a fault in a variable. */
export async function birthsWithoutForm(
	scope: Scope,
	register: Register,
	{ form: id, ...question }: MendQuestion & { form: string }
): Promise<MendList | undefined> {
	const { definition } = register;
	const form = definition.register.forms.find((each) => each.id === id);
	if (!form || !definition.unitById.has(question.unit) || !maySee(scope, question.unit)) return undefined;
	return list(register, question, {
		among: form.level === 'delivery' ? 'counts_delivery' : undefined,
		fault: `case when ${formMissingSql(definition, id) ?? 'false'} then 'form' end`,
		shown: undefined,
		columns: ownOfForm(id, definition)
	});
}

/** What the births are looked through for: which of them count, what is wrong with one, and what is to be seen of it. */
type Sought = { among: string | undefined; fault: string; shown: Variable | undefined; columns: Variable[] };

const days = { birth: 'birth_date', received: 'received' };

function faultSql(v: Variable): string {
	const id = identifier(v.id);
	const within = withinSql(v, 'softLimits', id, days);
	const cases = [
		`when list_contains(invalid, ${literal(v.id)}) then 'invalid'`,
		v.completeness === 'value' ? `when ${id} is null then 'blank'` : '',
		v.unknownCodes.length && !v.unknownCounts
			? `when ${id} in (${v.unknownCodes.map(literal).join(', ')}) then 'unknown'`
			: '',
		within ? `when not (${within}) then 'implausible'` : ''
	];
	return `case ${cases.join(' ')} end`;
}

const birth = z.object({
	reference: z.string().nullable(),
	birthDate: z.string(),
	submission: z.int(),
	row: z.int(),
	fault: z.enum(mendFaults),
	written: z.string().nullable(),
	cells: z.array(z.string().nullable())
});
const counted = z.object({ fault: z.enum(mendFaults), births: z.int(), withReference: z.int() });

const orders = {
	date: 'birth_date, reference, version',
	reference: 'reference nulls last, birth_date, version'
};

async function list({ db, definition }: Register, question: MendQuestion, sought: Sought): Promise<MendList> {
	const { fault, sort, limit, offset = 0 } = question;
	const found = foundSql(definition, question, sought);
	const shown = sought.shown ? cellSql(sought.shown) : 'null';
	const all = sought.shown ? [...new Set([sought.shown, ...sought.columns])] : sought.columns;
	const [rows, faults] = await Promise.all([
		db.rows(
			birth,
			`${found}, page as (
				select * from found ${fault ? `where fault = ${literal(fault)}` : ''} order by ${orders[sort]}
				${limit === undefined ? '' : `limit ${limit} offset ${offset}`}),
			texts as (${textsSql(question, all)})
			select reference, birth_date::varchar as "birthDate", submission, row, fault, ${shown} as written,
				[${sought.columns.map(entrySql).join(', ')}]::varchar[] as cells
			from page left join texts using (birth_key) order by ${orders[sort]}`
		),
		db.rows(
			counted,
			`${found} select fault, count(*)::integer as births, count(reference)::integer as "withReference"
			from found group by fault`
		)
	]);
	const total = faults.reduce((sum, each) => sum + (fault && each.fault !== fault ? 0 : each.births), 0);
	const ordered = faults.toSorted((a, b) => mendFaults.indexOf(a.fault) - mendFaults.indexOf(b.fault));
	return { rows, total, faults: ordered, columns: sought.columns };
}

/**
 * The table `found` of the births with a fault. Unit and days stand in the text, not as bound values: only so
 * does the scan skip what is stored of others.
 */
function foundSql(d: Definition, { unit, period, asOf }: MendQuestion, { among, fault }: Sought): string {
	const [from, after] = [`date '${period.from}-01'`, `date '${addMonths(period.to, 1)}-01'`];
	return `with current_births as (
		select *, rowid as version from birth_version
		where unit = ${literal(unit)} and received <= date ${literal(asOf)}
			and (superseded is null or superseded > date ${literal(asOf)})
			and birth_date >= ${from} - ${sameDeliveryDays} and birth_date < ${after}),
	touched as (
		select ${literal(unit)} as unit, unnest(generate_series(${from}, ${after} - 1, interval 1 month))::date as birth_month),
	births as (${countedBirthsSql(d)}),
	found as (select * from (select *, ${fault} as fault from births where ${among ?? 'true'}) where fault is not null)`;
}

const textColumn = (v: Variable) => identifier(`text ${v.id}`);

/** What stands in a variable, as a text: of an invalid value what was written, of an identity number nothing. */
const cellSql = (v: Variable) =>
	`case when list_contains(invalid, ${literal(v.id)}) then ${textColumn(v)} else ${
		v.type === 'identity' ? 'null' : `${identifier(v.id)}::varchar`
	} end`;

/** The same for a column to be filled in: where an invalid text was not kept, one that is invalid in its place. */
const entrySql = (v: Variable) =>
	`case when list_contains(invalid, ${literal(v.id)}) then coalesce(${textColumn(v)}, '…') else ${cellSql(v)} end`;

/** The texts of invalid values by the birth's key, the last that came: it may have come with an earlier version. */
function textsSql({ unit, asOf }: MendQuestion, variables: readonly Variable[]): string {
	const texts = variables.map(
		(v) => `arg_max(i.value, i.submission) filter (i.variable = ${literal(v.id)}) as ${textColumn(v)}`
	);
	return `select ${['birth_key', ...texts].join(', ')} from issue i
		join (select birth_key, submission, row from birth_version
			where unit = ${literal(unit)} and received <= date ${literal(asOf)}) using (submission, row)
		where i.variable in (${variables.map(({ id }) => literal(id)).join(', ') || 'null'})
			and i.rule in (${valueRules.map(literal).join(', ')})
		group by birth_key`;
}
