import type { Locale } from '#lib/catalogue/text.ts';
import {
	formatBirthMonth,
	formatBirthMonthShort,
	formatDay,
	formatDayOfYear,
	formatDayShort,
	monthsName,
	monthsOfYearName,
	periodName
} from '#lib/format/days.ts';
import {
	formatChange,
	formatCount,
	formatNumber,
	formatPoints,
	formatShare,
	formatShareInterval
} from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import { parsePeriod, type Period } from '#lib/period/period.ts';
import type { Cell } from './table.ts';

/** How a value is written for a reader. `numeric` is set to the right; `sheet` is its format in a workbook. */
export type Format = {
	numeric: boolean;
	sheet?: string;
	write: (value: Exclude<Cell, null>, locale: Locale, argument: string) => string;
};

/** The value does not fit the format: the writer of the notebook is told which. */
export class FormatFault extends Error {}

const numberFormat = (
	write: (value: number, locale: Locale, decimals: number | undefined) => string,
	sheet: string
): Format => ({
	numeric: true,
	sheet,
	write(value, locale, argument) {
		if (typeof value !== 'number') throw new FormatFault(`${JSON.stringify(value)} is not a number`);
		if (!Number.isFinite(value))
			throw new FormatFault(`${value} cannot be written: divide by nullif(…, 0), and it is nothing instead`);
		if (argument !== '' && !/^\d$/.test(argument))
			throw new FormatFault(`${argument} is not a number of decimals, 0–9`);
		return write(value, locale, argument === '' ? undefined : Number(argument));
	}
});

const dayFormat = (write: (day: string, locale: Locale) => string): Format => ({
	numeric: false,
	write(value, locale) {
		if (typeof value !== 'string' || !/^\d{4}-\d{2}(-\d{2})?$/.test(value))
			throw new FormatFault(`${JSON.stringify(value)} is not a day`);
		return write(value, locale);
	}
});

const periodFormat = (write: (period: Period, locale: Locale) => string): Format => ({
	numeric: false,
	write(value, locale) {
		const period = typeof value === 'string' ? parsePeriod(value) : undefined;
		if (!period) throw new FormatFault(`${JSON.stringify(value)} is not a period`);
		return write(period, locale);
	}
});

/** Two to twelve; one has a gender in Swedish, and stands in a sentence of its own. */
const inWords: Record<Locale, string[]> = {
	sv: ['två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv'],
	en: ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
};

/** Every format, by the name that a notebook asks for it with. */
export const formats: Readonly<Record<string, Format>> = {
	text: {
		numeric: false,
		write(value) {
			if (typeof value !== 'string')
				throw new FormatFault(`${JSON.stringify(value)} is not a text: give it a format`);
			return value;
		}
	},
	count: numberFormat((value, locale) => formatCount(value, locale), '#,##0'),
	words: numberFormat((value, locale) => inWords[locale][value - 2] ?? formatCount(value, locale), '#,##0'),
	year: numberFormat((value) => String(value), '0'),
	number: numberFormat((value, locale, decimals) => formatNumber(value, locale, decimals), '#,##0.0'),
	share: numberFormat((value, locale, decimals) => formatShare(value, locale, decimals), '0.0%'),
	per_mille: numberFormat(
		(value, locale, decimals) => `${formatNumber(1000 * value, locale, decimals)}\u00a0‰`,
		'0.0000'
	),
	yes_no: {
		numeric: false,
		write(value, locale) {
			if (typeof value !== 'boolean')
				throw new FormatFault(`${JSON.stringify(value)} is neither true nor false`);
			return (value ? m.block_yes : m.block_no)({}, { locale });
		}
	},
	points: numberFormat(
		(value, locale, decimals) => formatPoints(value, locale, decimals),
		'+0.0%;-0.0%;0.0%'
	),
	change: numberFormat(
		(value, locale, decimals) => formatChange(value, locale, decimals),
		'+0.0%;-0.0%;0.0%'
	),
	interval: {
		numeric: true,
		write(value, locale) {
			const [low, high] = Array.isArray(value) ? value : [];
			if (typeof low !== 'number' || typeof high !== 'number')
				throw new FormatFault(`${JSON.stringify(value)} is not an interval`);
			return formatShareInterval([low, high], locale);
		}
	},
	day: dayFormat(formatDay),
	day_of_year: dayFormat(formatDayOfYear),
	day_short: dayFormat(formatDayShort),
	month: dayFormat((day, locale) => formatBirthMonth(day.slice(0, 7), locale)),
	month_short: dayFormat((day, locale) => formatBirthMonthShort(day.slice(0, 7), locale)),
	period: periodFormat(periodName),
	months: periodFormat(monthsName),
	months_of_year: periodFormat(monthsOfYearName)
};

/** What stands where there is no value. */
export const nothingWritten = '–';

/** A value in a format; a dash for no value. Throws FormatFault. */
export function written(value: Cell, format: string, argument: string, locale: Locale): string {
	if (value === null) return nothingWritten;
	const found = formats[format];
	if (!found) throw new FormatFault(`no format is called ${format}`);
	try {
		return found.write(value, locale, argument);
	} catch (error) {
		// a share below 0, a thirteenth month
		if (error instanceof RangeError) throw new FormatFault(error.message);
		throw error;
	}
}
