import { formatBirthMonth, formatDay, monthsName } from './days.ts';
import { capitalised, daysAheadText } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { addMonths, yearOf } from '#lib/period/birth-month.ts';
import { dueDate, isDue, lastDayForBirths, lastDayForSupplements } from '#lib/period/calendar.ts';
import { birthMonthOf, daysBetween, lastDay, type Day } from '#lib/period/day.ts';
import { nextFeedback } from '#lib/period/round.ts';
import type { Locale } from '#lib/catalogue/text.ts';

/** Something that a unit has to do or will get: what, when, and how far away that is (null for a whole month). */
export type DateAhead = { what: string; when: string; day: Day | null; away: string | null };

/** What lies ahead of a unit on a day: the next month's births, the next feedback, the last days of a year. */
export function datesAhead(asOf: Day, locale: Locale): DateAhead[] {
	const now = birthMonthOf(asOf);
	const dueNext = isDue(addMonths(now, -1), asOf) ? now : addMonths(now, -1);
	const feedback = nextFeedback(asOf);
	const year = yearOf(now);
	// in the first months of a year it is last year's that has to be finished
	const births = asOf <= lastDayForBirths(year - 1) ? year - 1 : year;
	const supplements = asOf <= lastDayForSupplements(year - 1) ? year - 1 : year;
	const dated = (what: string, day: Day) => ({
		what,
		when: formatDay(day, locale),
		day,
		away: daysAheadText(daysBetween(asOf, day), locale)
	});
	const ahead: (DateAhead & { order: string })[] = [
		dated(
			m.unit_date_month({ month: capitalised(formatBirthMonth(dueNext, locale)) }, { locale }),
			dueDate(lastDay(dueNext))
		),
		{
			what: m.unit_date_feedback({ period: monthsName(feedback.period, locale) }, { locale }),
			when: formatBirthMonth(feedback.heldIn, locale),
			day: null,
			away: null
		},
		dated(m.unit_date_births({ year: births }, { locale }), lastDayForBirths(births)),
		dated(m.unit_date_supplements({ year: supplements }, { locale }), lastDayForSupplements(supplements))
	].map((date) => ({ ...date, order: date.day ?? `${feedback.heldIn}-00` }));
	return ahead.toSorted((a, b) => (a.order < b.order ? -1 : 1)).map(({ order: _order, ...date }) => date);
}
