import { periodOf, type CalendarDate } from '#lib/period/calendar-dates.ts';
import { firstDay, lastDay } from '#lib/period/day.ts';
import { isActive, type Unit } from './unit.ts';

/**
 * The days of the calendar that concern a unit: those about births of a time in which it delivered. Of a round
 * without feedback it hears nothing.
 */
export function unitDates(unit: Unit, dates: readonly CalendarDate[]): CalendarDate[] {
	return dates.filter((date) => {
		const { from, to } = periodOf(date);
		return date.kind !== 'closing' && isActive(unit, firstDay(from), lastDay(to));
	});
}
