import type { Locale } from '#lib/catalogue/text.ts';
import { byteOrderMark, csvLine } from '#lib/format/csv.ts';
import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import type { Cell } from '#lib/notebook/table.ts';

/** So many rows are written at a time. */
const atOnce = 5000;

/**
 * A table as a CSV file in parts: UTF-8 with a byte order mark, the columns' names, and a line for each row, as
 * spreadsheets of the language open it. Days are `YYYY-MM-DD`, numbers whole with the language's decimal mark,
 * nothing is an empty cell. Only one part at a time is in memory besides the table itself.
 */
export function* csvOf(arrow: Uint8Array, locale: Locale): Generator<string> {
	let from = 0;
	for (;;) {
		const { columns, rows, length } = rowsOfArrow(arrow, from, from + atOnce);
		const names = columns.map(({ name }) => name);
		const head = from === 0 ? byteOrderMark + csvLine(names, locale) : '';
		yield (
			head +
			rows
				.map((row) =>
					csvLine(
						names.map((name) => cellOf(row[name] ?? null, locale)),
						locale
					)
				)
				.join('')
		);
		from += atOnce;
		if (from >= length) return;
	}
}

/** A list of numbers stands in one cell, with upright strokes between them. */
function cellOf(value: Cell, locale: Locale): string | number | null {
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'string' || value === null) return value;
	return value
		.map((each) => (each === null ? '' : String(each).replace('.', locale === 'sv' ? ',' : '.')))
		.join('|');
}
