import { BlockFault, nearest } from '#lib/notebook/fault.ts';
import { dayPattern } from '#lib/notebook/plot-schema.ts';
import type { Row } from '#lib/notebook/table.ts';

/** A value of a column as a chart takes it; what is no number (NaN, infinite) is no value. */
export type Value = number | string | boolean | null;

/** What a column holds: numbers, days and months (`YYYY-MM-DD`, `YYYY-MM`), texts, truth values, or nothing. */
export type Kind = 'number' | 'day' | 'text' | 'truth' | 'empty';

export const kindWords: Record<Kind, string> = {
	number: 'numbers',
	day: 'days',
	text: 'texts',
	truth: 'truth values',
	empty: 'nothing'
};

/** A table as a chart reads it. Every function throws a BlockFault for a column that there is not, or is of no one kind. */
export type PlotSource = {
	rows: readonly Row[];
	kind(column: string): Kind;
	/** The values of a column, one for each row. */
	values(column: string): readonly Value[];
};

/**
 * A table's columns, each read once.
 *
 * @param columns the names that the table has; none for a table that is not known to have any
 */
export function plotSource(rows: readonly Row[], columns: readonly string[]): PlotSource {
	const read = new Map<string, { kind: Kind; values: Value[] }>();
	const column = (name: string) => {
		let found = read.get(name);
		if (!found) {
			if (columns.length > 0 && !columns.includes(name))
				throw new BlockFault(`the table has no column ${name}${nearest(name, columns)}`);
			const values = rows.map((row) => valueOf(row, name));
			found = { kind: kindOf(name, values), values };
			read.set(name, found);
		}
		return found;
	};
	return { rows, kind: (name) => column(name).kind, values: (name) => column(name).values };
}

function valueOf(row: Row, column: string): Value {
	const cell = Object.hasOwn(row, column) ? row[column] : null;
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
	if (cell === undefined || cell === null || typeof cell !== 'object') return cell ?? null;
	throw new BlockFault(`the column ${column} holds lists of numbers, which a chart cannot place: unnest it`);
}

/** Days among texts are texts; numbers among texts are a fault, as one of them has to be a mistake. */
function kindOf(column: string, values: readonly Value[]): Kind {
	let kind: Kind = 'empty';
	for (const [at, value] of values.entries()) {
		const here = kindOfValue(value);
		if (here === 'empty' || here === kind) continue;
		if (kind === 'empty') kind = here;
		else if ([kind, here].every((each) => each === 'day' || each === 'text')) kind = 'text';
		else
			throw new BlockFault(
				`the column ${column} holds ${kindWords[kind]} and, in row ${at + 1}, ${shownValue(value)}: a chart needs one kind in a column; cast it, or leave such rows out`
			);
	}
	return kind;
}

/** What one value is. */
export function kindOfValue(value: Value): Kind {
	if (value === null) return 'empty';
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'truth';
	// years that Date writes in four digits, with room for the ends of an axis
	const isDay = dayPattern.test(value) && value > '0100' && value < '9900' && !Number.isNaN(instantOf(value));
	return isDay ? 'day' : 'text';
}

/** A value as a fault shows it. */
export const shownValue = (value: Value) =>
	typeof value === 'string' ? `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”` : String(value);

/** A day or month as milliseconds since 1970, UTC. */
export const instantOf = (day: string) => Date.parse(day.length === 7 ? `${day}-01` : day);

/** The day of an instant, as `YYYY-MM-DD`. */
export const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** The order of two values; none comes last whichever way. Texts are in the order of their letters' codes. */
export function compared(a: Value, b: Value, descending = false): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const order = a < b ? -1 : a > b ? 1 : 0;
	return descending ? -order : order;
}
