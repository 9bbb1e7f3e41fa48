import { dateTitle } from './calendar-text.ts';
import { formatDayShort } from './days.ts';
import { daysAheadText } from './sentence.ts';
import { unitDates } from '#lib/catalogue/unit-dates.ts';
import { calendarDates, type CalendarDate } from '#lib/period/calendar-dates.ts';
import { daysBetween, monthsLater, type Day } from '#lib/period/day.ts';
import { samePeriod } from '#lib/period/period.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Unit } from '#lib/catalogue/unit.ts';

/** Something that has to be done or will come: what, on which day, and how far away that is. */
export type DateAhead = { kind: CalendarDate['kind']; what: string; when: string; day: Day; away: string };

/** So many months ahead every kind of day has come once. */
const monthsShown = 12;

/**
 * What lies ahead on a day, counted down: the next of each kind of day, in time order; of one unit or, without
 * `unit`, of all. The silent round is shown while it is the next one.
 */
export function datesAhead(asOf: Day, locale: Locale, unit?: Unit): DateAhead[] {
	const all = calendarDates(asOf, monthsLater(asOf, monthsShown));
	const dates = unit ? unitDates(unit, all) : all;
	const next = dates.filter((date, at) => dates.findIndex(({ kind }) => kind === date.kind) === at);
	const feedback = next.find((date) => date.kind === 'feedback');
	return next
		.filter((date) => {
			// the last births of the month before are due about then, which says the same
			if (date.kind === 'monthEnd') return false;
			if (date.kind === 'closing') return !feedback || date.day < feedback.day;
			// what has been cut off but not sent yet is still the next feedback
			if (date.kind === 'cutOff') return feedback && samePeriod(date.round.period, feedback.round.period);
			return true;
		})
		.map((date) => ({
			kind: date.kind,
			what: dateTitle(date, locale),
			when: `${formatDayShort(date.day, locale)} ${date.day.slice(0, 4)}`,
			day: date.day,
			away: daysAheadText(daysBetween(asOf, date.day), locale)
		}));
}
