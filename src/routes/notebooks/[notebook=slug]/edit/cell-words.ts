import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Cell, ColumnType } from '#lib/notebook/table.ts';

/** What a column holds, in words. */
export const typeWords: Record<ColumnType, () => string> = {
	text: () => m.editor_type_text(),
	integer: () => m.editor_type_integer(),
	number: () => m.editor_type_number(),
	boolean: () => m.editor_type_boolean(),
	day: () => m.editor_type_day(),
	numbers: () => m.editor_type_numbers()
};

/** Whether the values of a column stand to the right. */
export const isNumeric = (type: ColumnType) => type === 'integer' || type === 'number';

/** A value as the data itself says it, with the reader's decimal sign. */
export function cellWords(value: Cell | undefined, type: ColumnType, locale: Locale): string {
	if (value === null || value === undefined) return m.editor_null({}, { locale });
	if (typeof value === 'boolean')
		return value ? m.editor_true({}, { locale }) : m.editor_false({}, { locale });
	if (typeof value === 'number') {
		// eight figures tell all that is worth telling, and leave out what a sum of shares is off by
		const written = String(type === 'integer' ? value : Number(value.toPrecision(8))).replace('-', '\u2212');
		return locale === 'sv' ? written.replace('.', ',') : written;
	}
	if (typeof value === 'string') return value;
	return value.map((each) => (each === null ? '–' : cellWords(each, 'number', locale))).join('  ');
}
