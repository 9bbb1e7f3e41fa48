import { addMonths, yearOf } from './birth-month.ts';
import { dueDate, lastDayForBirths, lastDayForSupplements } from './calendar.ts';
import { birthMonthOf, lastDay } from './day.ts';
import { monthsOf, year } from './period.ts';
import { isFeedback, roundsHeldIn } from './round.ts';
import type { BirthMonth } from './birth-month.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';
import type { Feedback, Round } from './round.ts';

/**
 * A day of the register's calendar: a month ends, whose births so far are best sent then, or the last of its births
 * are due; births of a year, or supplements to it, come in for the last time; a round looks from this day, is sent
 * to the units, or closes a year without a report.
 */
export type CalendarDate = { day: Day } & (
	| { kind: 'monthEnd' | 'monthDue'; month: BirthMonth }
	| { kind: 'lastBirths' | 'lastSupplements'; year: number }
	| { kind: 'cutOff'; round: Feedback }
	| { kind: 'feedback'; round: Feedback }
	| { kind: 'closing'; round: Round }
);

/** The days of the register's calendar from `from` to `to`, both included, in time order. */
export function calendarDates(from: Day, to: Day): CalendarDate[] {
	const [first, last] = [birthMonthOf(from), birthMonthOf(to)];
	const years = [...Array(yearOf(last) - yearOf(first) + 1).keys()].map((count) => yearOf(first) + count);
	return [
		// the month before is due in this one
		...monthsOf({ from: addMonths(first, -1), to: last }).flatMap(ofMonth),
		...years.flatMap(ofYear)
	]
		.filter(({ day }) => day >= from && day <= to)
		.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** The births that a day of the calendar is about. */
export function periodOf(date: CalendarDate): Period {
	if ('round' in date) return date.round.period;
	return 'month' in date ? { from: date.month, to: date.month } : year(date.year);
}

function ofMonth(month: BirthMonth): CalendarDate[] {
	return [
		{ kind: 'monthDue', day: dueDate(lastDay(month)), month },
		{ kind: 'monthEnd', day: lastDay(month), month }
	];
}

/** What falls within a calendar year, besides its months. */
function ofYear(number: number): CalendarDate[] {
	const before = number - 1;
	return [
		{ kind: 'lastBirths', day: lastDayForBirths(before), year: before },
		{ kind: 'lastSupplements', day: lastDayForSupplements(before), year: before },
		...roundsHeldIn(number).flatMap((round): CalendarDate[] =>
			isFeedback(round)
				? [
						{ kind: 'cutOff', day: round.cutOff, round },
						{ kind: 'feedback', day: round.sentOn, round }
					]
				: [{ kind: 'closing', day: round.cutOff, round }]
		)
	];
}
