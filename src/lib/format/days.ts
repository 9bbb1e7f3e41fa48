import { isYear, quarterOf } from '#lib/period/period.ts';
import { monthNumber, yearOf } from '#lib/period/birth-month.ts';
import { birthMonthOf } from '#lib/period/day.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { BirthMonth } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';

const longNames: Record<Locale, string[]> = { sv: namesOf('sv-SE', 'long'), en: namesOf('en-GB', 'long') };

/** Swedish is written without its abbreviating point, and September in three letters in both languages. */
const shortNames: Record<Locale, string[]> = {
	sv: namesOf('sv-SE', 'short').map((name) => name.replace('.', '')),
	en: longNames.en.map((name) => name.slice(0, 3))
};

const quarterWords: Record<Locale, (number: number) => string> = {
	sv: (number) => `kvartal ${number}`,
	en: (number) => `Q${number}`
};

/** A month of the year, 1–12, in full: "april", "April". */
export function monthName(number: number, locale: Locale): string {
	return nameAt(longNames[locale], number);
}

/** A month of the year, 1–12, in brief: "apr", "Apr". */
export function monthShortName(number: number, locale: Locale): string {
	return nameAt(shortNames[locale], number);
}

/** "12 april 2026", "12 April 2026". */
export function formatDay(day: Day, locale: Locale): string {
	return `${formatDayOfYear(day, locale)} ${day.slice(0, 4)}`;
}

/** A day whose year is clear from where it stands: "31 januari", "31 January". */
export function formatDayOfYear(day: Day, locale: Locale): string {
	return `${numberOf(day)} ${monthName(monthNumber(birthMonthOf(day)), locale)}`;
}

/** "12 apr", "12 Apr". */
export function formatDayShort(day: Day, locale: Locale): string {
	return `${numberOf(day)} ${monthShortName(monthNumber(birthMonthOf(day)), locale)}`;
}

/** "april 2026", "April 2026". */
export function formatBirthMonth(month: BirthMonth, locale: Locale): string {
	return `${monthName(monthNumber(month), locale)} ${yearOf(month)}`;
}

/** "apr 2026", "Apr 2026". */
export function formatBirthMonthShort(month: BirthMonth, locale: Locale): string {
	return `${monthShortName(monthNumber(month), locale)} ${yearOf(month)}`;
}

/** What a reader calls a period: "2026", "kvartal 2 2026" ("Q2 2026"), else as `monthsName`. */
export function periodName(period: Period, locale: Locale): string {
	const number = quarterOf(period);
	if (number === undefined) return monthsName(period, locale);
	return `${quarterWords[locale](number)} ${yearOf(period.from)}`;
}

/**
 * A period by its months, also when it is a quarter, as the feedback rounds are called: "januari–mars 2026",
 * "2026", "2022–2026", "mars 2026", "oktober 2025–mars 2026".
 */
export function monthsName(period: Period, locale: Locale): string {
	const { from, to } = period;
	if (from === to) return formatBirthMonth(from, locale);
	if (isYear(period)) return String(yearOf(from));
	if (yearOf(from) === yearOf(to))
		return `${monthName(monthNumber(from), locale)}–${formatBirthMonth(to, locale)}`;
	if (monthNumber(from) === 1 && monthNumber(to) === 12) return `${yearOf(from)}–${yearOf(to)}`;
	return `${formatBirthMonth(from, locale)}–${formatBirthMonth(to, locale)}`;
}

/** The months of a period without its year, where the years are columns or lines: "januari–juni". */
export function monthsOfYearName({ from, to }: Period, locale: Locale): string {
	const first = monthName(monthNumber(from), locale);
	return monthNumber(from) === monthNumber(to) ? first : `${first}–${monthName(monthNumber(to), locale)}`;
}

function namesOf(tag: string, form: 'long' | 'short'): string[] {
	const format = new Intl.DateTimeFormat(tag, { month: form, timeZone: 'UTC' });
	return Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(2001, index)));
}

function nameAt(names: string[], number: number): string {
	const name = names[number - 1];
	if (name === undefined) throw new RangeError(`No month has the number ${number}`);
	return name;
}

function numberOf(day: Day): number {
	return Number(day.slice(8));
}
