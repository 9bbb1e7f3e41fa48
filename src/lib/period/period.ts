import { addMonths, birthMonth, isBirthMonth, monthNumber, monthsBetween, yearOf } from './birth-month.ts';
import { birthMonthOf } from './day.ts';
import type { BirthMonth } from './birth-month.ts';
import type { Day } from './day.ts';

/** The birth months from `from` to `to`, both included. */
export type Period = { from: BirthMonth; to: BirthMonth };

/** Reads `2019`, `2019-Q2`, `2019-03` or `2019-01..2019-06`; undefined for anything else. */
export function parsePeriod(text: string): Period | undefined {
	const quarterFound = /^([12]\d{3})-Q([1-4])$/.exec(text);
	if (quarterFound) return quarter(Number(quarterFound[1]), Number(quarterFound[2]));
	if (/^[12]\d{3}$/.test(text)) return year(Number(text));
	const [from, to = from, ...rest] = text.split('..');
	if (from === undefined || to === undefined || rest.length > 0) return undefined;
	return isBirthMonth(from) && isBirthMonth(to) && from <= to ? { from, to } : undefined;
}

/** The shortest text that `parsePeriod` reads back as this period. */
export function formatPeriod(period: Period): string {
	const { from, to } = period;
	if (isYear(period)) return from.slice(0, 4);
	const number = quarterOf(period);
	if (number !== undefined) return `${from.slice(0, 4)}-Q${number}`;
	return from === to ? from : `${from}..${to}`;
}

/** All twelve months of a year. */
export function year(number: number): Period {
	return { from: birthMonth(number, 1), to: birthMonth(number, 12) };
}

/** The three months of a quarter, 1–4, of a year. */
export function quarter(yearNumber: number, number: number): Period {
	return { from: birthMonth(yearNumber, number * 3 - 2), to: birthMonth(yearNumber, number * 3) };
}

/** January to the given month (1–12) of a year: what a feedback round looks at. */
export function cumulative(yearNumber: number, lastMonth: number): Period {
	return { from: birthMonth(yearNumber, 1), to: birthMonth(yearNumber, lastMonth) };
}

/** January to the month in which `asOf` lies, whether or not those births are due yet (see `duePart`). */
export function yearToDate(asOf: Day): Period {
	const month = birthMonthOf(asOf);
	return cumulative(yearOf(month), monthNumber(month));
}

/** Whether a period is one whole calendar year. */
export function isYear({ from, to }: Period): boolean {
	return yearOf(from) === yearOf(to) && monthNumber(from) === 1 && monthNumber(to) === 12;
}

/** The number of the quarter that a period is, 1–4; undefined when it is no quarter. */
export function quarterOf({ from, to }: Period): number | undefined {
	const starts = monthNumber(from) % 3 === 1;
	return starts && monthsBetween(from, to) === 2 ? (monthNumber(from) + 2) / 3 : undefined;
}

/** The birth months of a period, in time order. */
export function monthsOf({ from, to }: Period): BirthMonth[] {
	return Array.from({ length: monthsBetween(from, to) + 1 }, (_, index) => addMonths(from, index));
}

/** The same months `yearsBack` years earlier. */
export function earlierPeriod({ from, to }: Period, yearsBack: number): Period {
	return { from: addMonths(from, -12 * yearsBack), to: addMonths(to, -12 * yearsBack) };
}

/** Whether two periods are the same months. */
export function samePeriod(a: Period, b: Period): boolean {
	return a.from === b.from && a.to === b.to;
}
