import { literal } from '#lib/catalogue/sql.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Round } from '#lib/period/round.ts';
import { frozenClinics } from './frozen-clinics.ts';

/** A table of the register of which a round keeps the rows that reports read. */
export type FrozenTable = {
	name: string;
	/** Its rows as they stood on the cut-off day, in an order of their own, as SQL. */
	rowsSql(held: Round, definition: Definition): string;
};

/** So many years before that of the period are kept of the large cubes: more than any report looks back. */
const earlierYears = 7;

const day = (text: Day) => `date ${literal(text)}`;

/** A cube's rows that held on the cut-off day or earlier; what has changed since then stands as it stood. */
function cube(name: string, isLarge: boolean): FrozenTable {
	return {
		name,
		rowsSql: ({ cutOff, period }) => `
			select * replace (case when valid_to > ${day(cutOff)} then null else valid_to end as valid_to)
			from ${name} where valid_from <= ${day(cutOff)}
			${isLarge ? `and birth_month >= ${day(`${yearOf(period.to) - earlierYears}-01-01`)}` : ''}
			order by all`
	};
}

/**
 * The tables whose rows are frozen. Of the ledger neither senders nor names of files are kept, since no report tells
 * them; births are not kept at all: in their place stand the counts by day that flags know their first day from, and
 * those of antenatal clinics.
 */
export const frozenTables: readonly FrozenTable[] = [
	cube('cube_birth', false),
	cube('cube_form', false),
	cube('cube_item', true),
	cube('cube_code', true),
	{
		name: 'submission',
		rowsSql: ({ cutOff }) => `
			select * replace ('' as file_name, '{}' as sender, 'null' as reading)
			from submission where received <= ${day(cutOff)} order by number`
	},
	{
		name: 'flag_note',
		rowsSql: ({ cutOff }) =>
			`select * from flag_note where written_at::date <= ${day(cutOff)} order by unit, flag, number`
	},
	...frozenClinics
];

/** The table of counts by day, which only a frozen register has. */
export const frozenDay = 'frozen_day';
export const frozenDaySql = `create table ${frozenDay} (as_of date not null, unit varchar not null,
	subject varchar not null, day date not null, applicable integer not null, recorded integer not null)`;
