import { z } from 'zod';
import { literal } from '#lib/catalogue/sql.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
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

const itemShape = {
	n_applicable: n,
	n_recorded: n,
	n_unknown: n,
	n_blank: n,
	n_invalid: n,
	n_implausible: n
};

type ItemRow = { [K in keyof typeof itemShape]: number };

const countsOf = (row: ItemRow): Counts => ({
	nApplicable: row.n_applicable,
	nRecorded: row.n_recorded,
	nUnknown: row.n_unknown,
	nBlank: row.n_blank,
	nInvalid: row.n_invalid,
	nImplausible: row.n_implausible
});

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
	const found = await db.rows(
		z.object({ variable: z.string(), ...itemShape }),
		`select variable, ${sumsSql} from cube_item where ${where(q)} group by variable`,
		bound(q)
	);
	return new Map(found.map((row) => [row.variable, countsOf(row)]));
}

/** Counts per unit and variable. */
export async function countsByUnit(
	db: Statements,
	q: ItemQuestion
): Promise<{ unit: string; variable: string; counts: Counts }[]> {
	const found = await db.rows(
		z.object({ unit: z.string(), variable: z.string(), ...itemShape }),
		`select unit, variable, ${sumsSql} from cube_item where ${where(q)} group by unit, variable`,
		bound(q)
	);
	return found.map((row) => ({ unit: row.unit, variable: row.variable, counts: countsOf(row) }));
}

/** Counts per variable and birth month. */
export async function countsByMonth(
	db: Statements,
	q: ItemQuestion
): Promise<{ variable: string; month: string; counts: Counts }[]> {
	const found = await db.rows(
		z.object({ variable: z.string(), month: z.string(), ...itemShape }),
		`select variable, ${monthSql()} as month, ${sumsSql} from cube_item where ${where(q)}
		group by variable, birth_month order by birth_month`,
		bound(q)
	);
	return found.map((row) => ({ variable: row.variable, month: row.month, counts: countsOf(row) }));
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
