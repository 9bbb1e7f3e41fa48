import { yearOf } from './birth-month.ts';
import { lastDay, monthsLater } from './day.ts';
import { monthsOf } from './period.ts';
import type { BirthMonth } from './birth-month.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';

/** The last day on which a birth is received in time: one calendar month after the day of birth. */
export function dueDate(bornOn: Day): Day {
	return monthsLater(bornOn, 1);
}

/** Whether every birth of a month is due on the day `asOf`: the month's last births are. */
export function isDue(month: BirthMonth, asOf: Day): boolean {
	return dueDate(lastDay(month)) <= asOf;
}

/**
 * The months of a period, from its first on, whose births are all due on the day `asOf`; undefined when
 * not even the first is. Late is not missing: a period is judged only as far as this.
 */
export function duePart(period: Period, asOf: Day): Period | undefined {
	const to = monthsOf(period).findLast((month) => isDue(month, asOf));
	return to === undefined ? undefined : { from: period.from, to };
}

/** The last day for births of a year: 31 January of the next. */
export function lastDayForBirths(year: number): Day {
	return `${year + 1}-01-31`;
}

/** The last day for supplements (single variables, long stays) to births of a year: 1 May of the next. */
export function lastDayForSupplements(year: number): Day {
	return `${year + 1}-05-01`;
}

/**
 * Until when a period can be mended: missing births until the first day, single variables until the
 * second. A period over several years is counted to its last one, as the earlier are closed before it.
 */
export function mendBy(period: Period): { births: Day; variables: Day } {
	const year = yearOf(period.to);
	return { births: lastDayForBirths(year), variables: lastDayForSupplements(year) };
}

/** Whether a period is closed on the day `asOf`; until then its figures are provisional. */
export function isFinal(period: Period, asOf: Day): boolean {
	return asOf > mendBy(period).variables;
}
