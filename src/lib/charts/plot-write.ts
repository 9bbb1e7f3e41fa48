import { formatBirthMonthShort, formatDayShort } from '#lib/format/days.ts';
import { formatNumber, formatShare } from '#lib/format/numbers.ts';
import { BlockFault } from '#lib/notebook/fault.ts';
import { FormatFault, written } from '#lib/notebook/formats.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import type { PlotFormat } from '#lib/notebook/plot-spec.ts';
import type { Value } from './plot-columns.ts';
import { kindOfValue } from './plot-columns.ts';

/** How the values of a scale or column are written; `decimals` where no format says it. */
export type Writing = { locale: Locale; format?: PlotFormat; percent?: boolean; decimals?: number };

/**
 * A value as a reader sees it: numbers with the reader's signs, years without spaces, the first of a month as
 * its month. Throws a BlockFault for a value that does not fit the format.
 */
export function writeValue(value: Value, { locale, format, percent, decimals }: Writing): string {
	if (value === null) return '–';
	if (format) {
		try {
			return written(value, format.name, format.argument, locale);
		} catch (error) {
			if (error instanceof FormatFault || error instanceof RangeError)
				throw new BlockFault(`the format ${format.name}: ${error.message}`);
			throw error;
		}
	}
	if (typeof value === 'boolean') return value ? m.plot_yes({}, { locale }) : m.plot_no({}, { locale });
	if (typeof value === 'number') return writeNumber(value, { locale, percent, decimals });
	if (kindOfValue(value) !== 'day') return value;
	if (value.length === 7 || value.endsWith('-01')) return formatBirthMonthShort(value.slice(0, 7), locale);
	return `${formatDayShort(value, locale)} ${value.slice(0, 4)}`;
}

function writeNumber(value: number, { locale, percent, decimals }: Writing): string {
	// what is too large or too small to be read digit by digit
	if (Math.abs(value) >= 1e15) return value.toExponential(2);
	if (percent) {
		const share = formatShare(Math.abs(value), locale, decimals ?? 1);
		return value < 0 ? `\u2212${share}` : share;
	}
	if (decimals === undefined && Number.isInteger(value) && value >= 1800 && value <= 2200)
		return String(value);
	return formatNumber(value, locale, decimals ?? usualDecimals(value));
}

/** As many decimals as there are, and at most three digits that say something. */
function usualDecimals(value: number): number {
	if (Number.isInteger(value)) return 0;
	const size = Math.floor(Math.log10(Math.abs(value)));
	return Math.min(9, Math.max(1, 2 - size));
}

/** A text made to fit a number of characters. */
export const shortened = (text: string, most: number) =>
	text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
