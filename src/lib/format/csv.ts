/**
 * A line of a CSV file as spreadsheets in Sweden open it: semicolons, CRLF. Text that a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(cell).join(';')}\r\n`;
}

/** Stands first in a file, so that spreadsheets read the rest as UTF-8. */
export const byteOrderMark = '\uFEFF';

function cell(written: string | number | null): string {
	const text = guarded(String(written ?? ''));
	return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guarded(text: string): string {
	const isNumber = /^[-+]?\d+([.,]\d+)?$/.test(text);
	return !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
