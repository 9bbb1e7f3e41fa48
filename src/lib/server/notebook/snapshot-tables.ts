import type { Definition } from '#lib/catalogue/catalogue.ts';
import { literal } from '#lib/catalogue/sql.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { ColumnType, Row, Table } from '#lib/notebook/table.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { isDue } from '#lib/period/calendar.ts';
import { sameDayEarlier } from '#lib/period/comparison.ts';
import { birthMonthOf, firstDay, type Day } from '#lib/period/day.ts';

/** A table of a snapshot: what it is filled with, as SQL over the register's own tables. */
export type SnapshotTable = { name: string; sql: string };

/** So many years back a month is also told as it stood on the same day. */
export const yearsBack = 10;

const day = (text: Day) => `date ${literal(text)}`;

/** Rows of a cube that held on the day, in an order of their own, so that answers without one stay the same. */
const cube = (name: string, asOf: Day, columns: string, order: string): SnapshotTable => ({
	name,
	sql: `select ${columns} from ${name}
		where valid_from <= ${day(asOf)} and (valid_to is null or valid_to > ${day(asOf)}) order by ${order}`
});

/** The figures of a register as they stood on a day: counts by unit and birth month, and the ledger without its senders. */
export function figureTables(d: Definition, asOf: Day): SnapshotTable[] {
	const counting = d.variables.filter((v) => v.unknownCounts).map(({ id }) => literal(id));
	const known = counting.length
		? `n_recorded + case when variable in (${counting.join(', ')}) then n_unknown else 0 end`
		: 'n_recorded';
	const { daysToReceipt } = d.register;
	return [
		cube(
			'cube_birth',
			asOf,
			`unit, birth_month, births, deliveries, live_births, stillbirths, on_time,
			birth_month <= ${day(firstDay(lastDueMonth(asOf)))} as is_due`,
			'unit, birth_month'
		),
		cube('cube_form', asOf, 'unit, birth_month, form, n_applicable, n_missing', 'unit, birth_month, form'),
		cube(
			'cube_item',
			asOf,
			`unit, birth_month, variable, n_applicable, n_recorded, ${known} as n_known, n_unknown, n_blank, n_invalid,
			n_implausible`,
			'variable, unit, birth_month'
		),
		cube('cube_code', asOf, 'unit, birth_month, variable, code, n', 'variable, unit, birth_month, code'),
		{
			name: 'receipt_day',
			// the days to receipt are whole numbers, of which cube_code keeps the distribution as texts
			sql: `select unit, birth_month, code::integer as days, n from cube_code
				where ${daysToReceipt === undefined ? 'false' : `variable = ${literal(daysToReceipt)}`}
					and valid_from <= ${day(asOf)} and (valid_to is null or valid_to > ${day(asOf)})
				order by unit, birth_month, days`
		},
		{
			name: 'same_day',
			sql: `select unit, birth_month, years_back, as_of, births
				from cube_birth join (values ${sameDays(asOf)}) earlier(years_back, as_of)
					on birth_month <= as_of and valid_from <= as_of and (valid_to is null or valid_to > as_of)
				order by years_back, unit, birth_month`
		},
		{
			name: 'submission',
			sql: `select number, unit, received, status, row_count as rows, accepted, added, changed, unchanged, rejected,
					date_trunc('month', first_birth)::date as first_month, date_trunc('month', last_birth)::date as last_month
				from submission where received <= ${day(asOf)} order by number`
		}
	];
}

const sameDays = (asOf: Day) =>
	Array.from({ length: yearsBack + 1 }, (_, back) => `(${back}, ${day(sameDayEarlier(asOf, back))})`).join(
		', '
	);

/** The last month whose births are all due on a day. */
export function lastDueMonth(asOf: Day): string {
	let month = birthMonthOf(asOf);
	while (!isDue(month, asOf)) month = addMonths(month, -1);
	return month;
}

/** The tables that say what the register's words mean; they are the same on any day, but for the units' status. */
export function definitionTables(d: Definition, asOf: Day): Record<string, Table> {
	return {
		unit: table(
			{
				unit: 'text',
				name: 'text',
				place: 'text',
				region: 'text',
				births_per_year: 'integer',
				opened: 'day',
				closed: 'day',
				status: 'text'
			},
			d.units.map((u) => ({
				unit: u.id,
				name: u.name,
				place: u.place,
				region: u.region,
				births_per_year: u.births_per_year,
				opened: u.active[0]?.from ?? null,
				closed: u.active.at(-1)?.to ?? null,
				status: statusOf(u, asOf)
			}))
		),
		form: table(
			{ form: 'text', label_sv: 'text', label_en: 'text', level: 'text', nr: 'integer' },
			d.register.forms.map(({ id, label, level }, nr) => ({
				form: id,
				label_sv: label.sv,
				label_en: label.en,
				level,
				nr
			}))
		),
		variable: table(
			{
				variable: 'text',
				form: 'text',
				label_sv: 'text',
				label_en: 'text',
				level: 'text',
				type: 'text',
				measured_in: 'text',
				target: 'number',
				completeness: 'text',
				unknown_counts: 'boolean',
				valid_from: 'integer',
				valid_to: 'integer',
				is_derived: 'boolean',
				nr: 'integer'
			},
			d.variables.map((v, nr) => ({
				variable: v.id,
				form: v.form,
				label_sv: v.label.sv,
				label_en: v.label.en,
				level: v.level,
				type: v.type,
				measured_in: v.unit ?? null,
				target: v.target ?? null,
				completeness: v.completeness,
				unknown_counts: v.unknownCounts,
				valid_from: v.validFrom ?? null,
				valid_to: v.validTo ?? null,
				is_derived: v.derived !== undefined,
				nr
			}))
		),
		code: table(
			{
				variable: 'text',
				code: 'text',
				label_sv: 'text',
				label_en: 'text',
				is_unknown: 'boolean',
				nr: 'integer'
			},
			d.variables.flatMap(({ id, codes = [], unknownCodes }) =>
				codes.map(({ code, label }, nr) => ({
					variable: id,
					code,
					label_sv: label.sv,
					label_en: label.en,
					is_unknown: unknownCodes.includes(code),
					nr
				}))
			)
		),
		population: table(
			{ year: 'integer', live_births: 'integer' },
			d.references
				.filter(({ unit }) => unit === '')
				.map(({ year, births }) => ({ year, live_births: births }))
				.toSorted((a, b) => a.year - b.year)
		)
	};
}

const table = (columns: Record<string, ColumnType>, rows: Row[]): Table => ({ columns, rows });

/** How a unit is on a day: it delivers, does so again later, will do so, or does no more. */
function statusOf({ active }: Unit, asOf: Day): 'active' | 'paused' | 'planned' | 'closed' {
	if (active.some(({ from, to }) => from <= asOf && (to === undefined || to >= asOf))) return 'active';
	const later = active.some(({ from }) => from > asOf);
	const before = active.some(({ from }) => from <= asOf);
	if (later) return before ? 'paused' : 'planned';
	return 'closed';
}
