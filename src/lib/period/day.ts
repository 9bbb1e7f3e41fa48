import { addMonths, isBirthMonth } from './birth-month.ts';
import type { BirthMonth } from './birth-month.ts';

/** A calendar day as text, `YYYY-MM-DD`. Such texts sort in time order. No function here reads the clock. */
export type Day = string;

/** Whether a text is a day that the calendar has (2023-02-29 is not). */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isBirthMonth(text.slice(0, 7))) return false;
	const number = Number(text.slice(8));
	return number >= 1 && number <= daysIn(text.slice(0, 7));
}

/** The day a text names, or undefined when it names none. */
export function parseDay(text: string): Day | undefined {
	return isDay(text) ? text : undefined;
}

/** The calendar month in which a day lies. */
export function birthMonthOf(day: Day): BirthMonth {
	return checked(day).slice(0, 7);
}

/** The first day of a birth month. */
export function firstDay(month: BirthMonth): Day {
	return checked(`${month}-01`);
}

/** The last day of a birth month. */
export function lastDay(month: BirthMonth): Day {
	return `${month}-${daysIn(month)}`;
}

/** The day `count` days later; earlier when `count` is negative. */
export function addDays(day: Day, count: number): Day {
	return new Date(utc(day) + count * millisecondsOfDay).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
	return (utc(to) - utc(from)) / millisecondsOfDay;
}

/**
 * The same day of the month `count` months later, or the last day of that month where it is shorter
 * (31 January → 28 or 29 February).
 */
export function monthsLater(day: Day, count: number): Day {
	const month = addMonths(birthMonthOf(day), count);
	const number = Math.min(Number(day.slice(8)), daysIn(month));
	return `${month}-${String(number).padStart(2, '0')}`;
}

const millisecondsOfDay = 86_400_000;

function daysIn(month: BirthMonth): number {
	const next = addMonths(month, 1);
	return (
		(Date.UTC(Number(next.slice(0, 4)), Number(next.slice(5)) - 1) - utc(`${month}-01`)) / millisecondsOfDay
	);
}

function utc(day: Day): number {
	return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
}

function checked(day: Day): Day {
	if (!isDay(day)) throw new RangeError(`"${day}" is not a day (YYYY-MM-DD)`);
	return day;
}
