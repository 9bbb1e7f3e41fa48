import type { Locale } from '#lib/catalogue/text.ts';

/** What stands between cells, and between a number's whole part and its decimals, in spreadsheets of each language. */
const marks: Record<Locale, { between: string; decimal: string }> = {
	sv: { between: ';', decimal: ',' },
	en: { between: ',', decimal: '.' }
};

/**
 * A line of a CSV file as spreadsheets of a language open it: in Sweden with semicolons; CRLF. Text that a spreadsheet
 * would take for a formula gets an apostrophe before it; numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[], locale: Locale = 'sv'): string {
	return `${cells.map((written) => cell(written, locale)).join(marks[locale].between)}\r\n`;
}

/** Stands first in a file, so that spreadsheets read the rest as UTF-8. */
export const byteOrderMark = '\uFEFF';

function cell(written: string | number | null, locale: Locale): string {
	const { between, decimal } = marks[locale];
	const text =
		typeof written === 'number' ? String(written).replace('.', decimal) : guarded(String(written ?? ''));
	return /["\r\n]/.test(text) || text.includes(between) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guarded(text: string): string {
	const isNumber = /^[-+]?\d+([.,]\d+)?$/.test(text);
	return !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
