import type { Locale } from '#lib/catalogue/text.ts';
import { formatNumber } from '#lib/format/numbers.ts';
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

/** A value as the data itself says it, with the reader's decimal comma: nothing is rounded to please. */
export function cellWords(value: Cell | undefined, type: ColumnType, locale: Locale): string {
	if (value === null || value === undefined) return m.editor_null({}, { locale });
	if (typeof value === 'boolean')
		return value ? m.editor_true({}, { locale }) : m.editor_false({}, { locale });
	if (typeof value === 'number') {
		if (type === 'integer' || Number.isInteger(value)) return String(value).replace('-', '\u2212');
		return formatNumber(
			value,
			locale,
			Math.min(6, Math.max(0, 6 - Math.ceil(Math.log10(Math.abs(value) || 1))))
		);
	}
	if (typeof value === 'string') return value;
	return value.map((each) => (each === null ? '–' : cellWords(each, 'number', locale))).join('  ');
}
