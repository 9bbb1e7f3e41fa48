import type { CellValue } from './write.ts';

/**
 * A cell as it would be written in a CSV file: days as 2026-05-03 (with the time where there is one), numbers in
 * plain digits with a decimal point, as far as a spreadsheet shows them (15 significant digits). An apostrophe
 * that our own files have before a text like a formula is taken off again.
 */
export function cellText(value: CellValue): string {
	if (value === null) return '';
	if (value instanceof Date) return dayText(value);
	if (typeof value === 'number') return numberText(value);
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	return /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}

const plainNumber = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 20 });

function numberText(value: number): string {
	if (!Number.isFinite(value)) return String(value);
	return plainNumber.format(Number(value.toPrecision(15))).replace(/^-0$/, '0');
}

/** Days before this one are times without a day: a spreadsheet's day 0. */
const firstDay = Date.UTC(1900, 0, 1);

function dayText(value: Date): string {
	if (Number.isNaN(value.getTime())) return '';
	const [day = '', time = ''] = value.toISOString().slice(0, 19).split('T');
	if (value.getTime() < firstDay) return time;
	return time === '00:00:00' ? day : `${day} ${time}`;
}
