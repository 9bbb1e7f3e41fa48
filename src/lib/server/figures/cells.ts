import { z } from 'zod';
import { literal } from '#lib/catalogue/sql.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { ColumnsOf } from '#lib/server/db/columns.ts';
import type { Statements, Values } from '#lib/server/db/database.ts';

const n = z.int();

/** A cube row that held on the day bound as `$asOf`, and lies in the months `$from`–`$to`. */
export const heldSql = `valid_from <= $asOf::date and (valid_to is null or valid_to > $asOf::date)
	and birth_month between $from::date and $to::date`;

/** The values of `heldSql`. */
export const held = ({ from, to }: Period, asOf: Day): Values => ({
	from: `${from}-01`,
	to: `${to}-01`,
	asOf
});

/** A birth month as the program writes it: 2026-04. */
export const monthSql = (column = 'birth_month') => `strftime(${column}, '%Y-%m')`;

const sumsSql = ['n_applicable', 'n_recorded', 'n_unknown', 'n_blank', 'n_invalid', 'n_implausible']
	.map((column) => `sum(${column})::integer as ${column}`)
	.join(', ');

/** The counts of a row of cube_item, as columns of an answer. */
export const countColumns = {
	n_applicable: 'integer',
	n_recorded: 'integer',
	n_unknown: 'integer',
	n_blank: 'integer',
	n_invalid: 'integer',
	n_implausible: 'integer'
} as const;

/** The counts in one row of an answer. */
export function countsAt(columns: ColumnsOf<typeof countColumns>, row: number): Counts {
	return {
		nApplicable: columns.n_applicable[row] ?? 0,
		nRecorded: columns.n_recorded[row] ?? 0,
		nUnknown: columns.n_unknown[row] ?? 0,
		nBlank: columns.n_blank[row] ?? 0,
		nInvalid: columns.n_invalid[row] ?? 0,
		nImplausible: columns.n_implausible[row] ?? 0
	};
}

const rowsOf = <Row>({ length }: { length: number }, row: (at: number) => Row) =>
	Array.from({ length }, (_, at) => row(at));

/** What the counts of variables are asked for: one unit or all, one variable, some (of the catalogue) or all. */
export type ItemQuestion = {
	period: Period;
	asOf: Day;
	unit?: string;
	variable?: string;
	variables?: readonly string[];
};

const where = ({ unit, variable, variables }: ItemQuestion) =>
	[
		heldSql,
		unit === undefined ? '' : 'unit = $unit',
		variable === undefined ? '' : 'variable = $variable',
		variables === undefined ? '' : `variable in (${variables.map(literal).join(', ')})`
	]
		.filter(Boolean)
		.join(' and ');

const bound = (q: ItemQuestion): Values => ({
	...held(q.period, q.asOf),
	...(q.unit === undefined ? {} : { unit: q.unit }),
	...(q.variable === undefined ? {} : { variable: q.variable })
});

/** Counts per variable over the question's months and units. */
export async function countsByVariable(db: Statements, q: ItemQuestion): Promise<Map<string, Counts>> {
	const found = await db.columns(
		{ variable: 'text', ...countColumns },
		`select variable, ${sumsSql} from cube_item where ${where(q)} group by variable`,
		bound(q)
	);
	return new Map(found.variable.map((variable, row) => [variable, countsAt(found, row)]));
}

/** Counts of some units together, and of how many units they are. */
export type Pooled = { counts: Counts; units: number };

/** Counts per variable over the question's months, and how many units have births to which it applies. */
export async function pooledByVariable(db: Statements, q: ItemQuestion): Promise<Map<string, Pooled>> {
	const found = await db.columns(
		{ variable: 'text', units: 'integer', ...countColumns },
		`select variable, count(distinct case when n_applicable > 0 then unit end)::integer as units, ${sumsSql}
		from cube_item where ${where(q)} group by variable`,
		bound(q)
	);
	return new Map(
		found.variable.map((variable, row) => [
			variable,
			{ counts: countsAt(found, row), units: found.units[row] ?? 0 }
		])
	);
}

/** Counts per unit and variable. */
export async function countsByUnit(
	db: Statements,
	q: ItemQuestion
): Promise<{ unit: string; variable: string; counts: Counts }[]> {
	const found = await db.columns(
		{ unit: 'text', variable: 'text', ...countColumns },
		`select unit, variable, ${sumsSql} from cube_item where ${where(q)} group by unit, variable`,
		bound(q)
	);
	return rowsOf(found, (row) => ({
		unit: found.unit[row] ?? '',
		variable: found.variable[row] ?? '',
		counts: countsAt(found, row)
	}));
}

/** Counts per variable and birth month, in time order, and how many units have births then to which it applies. */
export async function countsByMonth(
	db: Statements,
	q: ItemQuestion
): Promise<(Pooled & { variable: string; month: string })[]> {
	const found = await db.columns(
		{ variable: 'text', month: 'text', units: 'integer', ...countColumns },
		`select variable, ${monthSql()} as month, count_if(n_applicable > 0)::integer as units, ${sumsSql} from cube_item where ${where(q)}
		group by variable, birth_month order by birth_month`,
		bound(q)
	);
	return rowsOf(found, (row) => ({
		variable: found.variable[row] ?? '',
		month: found.month[row] ?? '',
		units: found.units[row] ?? 0,
		counts: countsAt(found, row)
	}));
}

const birthShape = {
	births: n,
	deliveries: n,
	live_births: n,
	stillbirths: n,
	on_time: n
};

/** Births of a unit in one month, as they stood. */
export type BirthCell = {
	unit: string;
	month: string;
	births: number;
	deliveries: number;
	liveBirths: number;
	stillbirths: number;
	onTime: number;
};

/** Births per unit and birth month. */
export async function birthCells(
	db: Statements,
	q: { period: Period; asOf: Day; unit?: string }
): Promise<BirthCell[]> {
	const found = await db.rows(
		z.object({ unit: z.string(), month: z.string(), ...birthShape }),
		`select unit, ${monthSql()} as month, births, deliveries, live_births, stillbirths, on_time
		from cube_birth where ${where(q)} order by birth_month`,
		bound(q)
	);
	return found.map((row) => ({
		unit: row.unit,
		month: row.month,
		births: row.births,
		deliveries: row.deliveries,
		liveBirths: row.live_births,
		stillbirths: row.stillbirths,
		onTime: row.on_time
	}));
}

/** Some months, as they stood on a day. */
export type Span = { period: Period; asOf: Day };

/** Births of a unit over a span, and how many of them were received within a month. */
export type UnitBirths = { births: number; onTime: number };

/** Births per unit over each of some spans, in one question. */
export async function birthsOverSpans(
	db: Statements,
	spans: readonly Span[]
): Promise<Map<string, UnitBirths>[]> {
	const values: Values = {};
	const rows = spans.map(({ period, asOf }, nr) => {
		Object.assign(values, {
			[`from${nr}`]: `${period.from}-01`,
			[`to${nr}`]: `${period.to}-01`,
			[`as_of${nr}`]: asOf
		});
		return `(${nr}, $from${nr}::date, $to${nr}::date, $as_of${nr}::date)`;
	});
	const found = await db.columns(
		{ nr: 'integer', unit: 'text', births: 'integer', on_time: 'integer' },
		`select nr, unit, sum(births)::integer as births, sum(on_time)::integer as on_time
		from cube_birth join (values ${rows.join(', ')}) span(nr, first_month, last_month, as_of)
			on birth_month between first_month and last_month
			and valid_from <= as_of and (valid_to is null or valid_to > as_of)
		group by nr, unit`,
		values
	);
	const byUnit = spans.map(() => new Map<string, UnitBirths>());
	found.unit.forEach((unit, row) =>
		byUnit[found.nr[row] ?? 0]?.set(unit, {
			births: found.births[row] ?? 0,
			onTime: found.on_time[row] ?? 0
		})
	);
	return byUnit;
}
