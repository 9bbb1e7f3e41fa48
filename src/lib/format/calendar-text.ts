import { formatBirthMonth, formatDay, monthsName } from './days.ts';
import { m } from '#lib/paraglide/messages.js';
import { lastDayForSupplements } from '#lib/period/calendar.ts';
import { periodOf, type CalendarDate } from '#lib/period/calendar-dates.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import type { Locale } from '#lib/catalogue/text.ts';

/** What a day of the register's calendar is: "Sista dag för födslar 2026". */
export function dateTitle(date: CalendarDate, locale: Locale): string {
	const options = { locale };
	const period = monthsName(periodOf(date), locale);
	switch (date.kind) {
		case 'monthEnd':
			return m.dates_month_end({ month: formatBirthMonth(date.month, locale) }, options);
		case 'monthDue':
			return m.dates_month_due({ month: formatBirthMonth(date.month, locale) }, options);
		case 'lastBirths':
			return m.dates_last_births({ year: date.year }, options);
		case 'lastSupplements':
			return m.dates_last_supplements({ year: date.year }, options);
		case 'cutOff':
			return m.dates_cut_off({ period }, options);
		case 'feedback':
			return m.dates_feedback({ period }, options);
		case 'closing':
			return m.dates_closing({ year: yearOf(date.round.period.to) }, options);
	}
}

/** What a day of the calendar means to whoever has to meet it, in a sentence or two. */
export function dateExplained(date: CalendarDate, locale: Locale): string {
	const options = { locale };
	switch (date.kind) {
		case 'monthEnd':
			return m.dates_about_month_end({}, options);
		case 'monthDue':
			return m.dates_about_month_due({}, options);
		case 'lastBirths': {
			const day = formatDay(lastDayForSupplements(date.year), locale);
			return m.dates_about_last_births({ day }, options);
		}
		case 'lastSupplements':
			return m.dates_about_last_supplements({}, options);
		case 'cutOff':
			return m.dates_about_cut_off({ day: formatDay(date.round.sentOn, locale) }, options);
		case 'feedback':
			return m.dates_about_feedback({ day: formatDay(date.round.cutOff, locale) }, options);
		case 'closing':
			return m.dates_about_closing({}, options);
	}
}
