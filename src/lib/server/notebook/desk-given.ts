import { createHash } from 'node:crypto';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Arguments, Choices, Header } from '#lib/notebook/front-matter.ts';
import type { Cell, ColumnType, Row, Table } from '#lib/notebook/table.ts';
import { firstDay, type Day } from '#lib/period/day.ts';
import { parsePeriod } from '#lib/period/period.ts';

/** A round as notebooks see it. */
export type RoundRow = { round: string; periodFrom: string; periodTo: string; cutOff: Day; state: string };

/** The parameters as a table of one row; a period also as its first and last month. */
export function parameterTable({ parameters }: Header, values: Arguments): Table {
	const columns: Record<string, ColumnType> = {};
	const row: Record<string, Cell> = {};
	const put = (name: string, type: ColumnType, value: Cell) => {
		columns[name] = type;
		row[name] = value;
	};
	for (const [name, { type }] of Object.entries(parameters)) {
		const value = values[name];
		if (value === undefined) continue;
		if (type === 'number') put(name, 'number', Number(value));
		else if (type === 'boolean') put(name, 'boolean', value === 'true');
		else put(name, type === 'day' ? 'day' : 'text', value);
		const period = type === 'period' ? parsePeriod(value) : undefined;
		if (period) {
			put(`${name}_from`, 'day', firstDay(period.from));
			put(`${name}_to`, 'day', firstDay(period.to));
		}
	}
	return { columns, rows: [row] };
}

/** What a notebook is asked of: the register, its day and its entry, as a table of one row. */
export function registerTable(
	{ register: { name, nation } }: Definition,
	{ asOf, entry, program }: { asOf: Day; entry: number; program: string }
): Table {
	return {
		columns: {
			name_sv: 'text',
			name_en: 'text',
			nation_sv: 'text',
			nation_en: 'text',
			as_of: 'day',
			entry: 'integer',
			program: 'text'
		},
		rows: [
			{
				name_sv: name.sv,
				name_en: name.en,
				nation_sv: nation.sv,
				nation_en: nation.en,
				as_of: asOf,
				entry,
				program
			}
		]
	};
}

/** The rounds as a table. */
export const roundTable = (rounds: readonly RoundRow[]): Table => ({
	columns: { round: 'text', period_from: 'day', period_to: 'day', cut_off: 'day', state: 'text' },
	rows: rounds.map(({ round, periodFrom, periodTo, cutOff, state }) => ({
		round,
		period_from: firstDay(periodFrom),
		period_to: firstDay(periodTo),
		cut_off: cutOff,
		state
	}))
});

/** What there is to choose among for the parameters that are a unit, a region or a variable. */
export function choicesOf({ units, variables, register }: Definition, locale: Locale): Choices {
	const form = new Map(register.forms.map(({ id, label }) => [id, `${id} ${label[locale]}`]));
	return {
		unit: units.map(({ id, name, region }) => ({ value: id, label: name, group: region })),
		region: [...new Set(units.map(({ region }) => region))].map((region) => ({
			value: region,
			label: region
		})),
		variable: variables.map((v) => ({
			value: v.id,
			label: `${v.id} ${v.label[locale]}`,
			group: form.get(v.form)
		}))
	};
}

/** The SHA-256 of some words, in hexadecimal. */
export const keyOf = (...parts: readonly unknown[]) =>
	createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** What a table holds, or some of its columns, as a key. */
export function tableKey({ columns, rows }: Table, among?: ReadonlySet<string>): string {
	const names = Object.keys(columns).filter((name) => !among || among.has(name.toLowerCase()));
	return keyOf(
		names.map((name) => [name, columns[name]]),
		rows.map((row: Row) => names.map((name) => row[name] ?? null))
	);
}
