import { locales, type Locale } from '#lib/catalogue/text.ts';
import type { Row, Tables } from './table.ts';

/**
 * The tables with, for every column that there is in all languages (`label_sv`, `label_en`), one without the ending
 * that is the reader's (`label`): so SQL needs not know who reads. A column of that name that is there already stays.
 */
export function inLanguage(tables: Tables, locale: Locale): Tables {
	return new Map(
		[...tables].map(([name, table]) => {
			const found = spoken(table.columns);
			if (found.length === 0) return [name, table];
			const told = (row: Row): Row => ({
				...row,
				...Object.fromEntries(found.map((column) => [column, row[`${column}_${locale}`] ?? null]))
			});
			return [name, { columns: [...table.columns, ...found], rows: table.rows.map(told) }];
		})
	);
}

/** The names of the columns that are there in all languages, without their ending. */
function spoken(columns: readonly string[]): string[] {
	const [first, ...others] = locales;
	const ending = `_${first}`;
	return columns
		.filter((column) => column.endsWith(ending))
		.map((column) => column.slice(0, -ending.length))
		.filter(
			(stem) => !columns.includes(stem) && others.every((other) => columns.includes(`${stem}_${other}`))
		);
}
