import { addMonths } from '#lib/period/birth-month.ts';
import { duePart } from '#lib/period/calendar.ts';
import { birthMonthOf } from '#lib/period/day.ts';
import { monthsOf, samePeriod } from '#lib/period/period.ts';
import { usualPeriod, type View } from '#lib/period/view.ts';

/** So many months before a period tell how a unit usually is. */
const monthsBefore = 36;

/**
 * The months by which a view's flags are judged. What is not yet due is part of it where the view is of now:
 * of the births that have come in the values can be told at once.
 */
export function judgedMonths({
	period,
	asOf
}: View): { months: string[]; judgedFrom: number; judgedTo: number } | undefined {
	const due = duePart(period, asOf);
	if (!due) return undefined;
	const now = birthMonthOf(asOf);
	const to = samePeriod(period, usualPeriod(asOf)) && now > due.to ? now : due.to;
	const months = monthsOf({ from: addMonths(due.from, -monthsBefore), to });
	return { months, judgedFrom: monthsBefore, judgedTo: months.indexOf(due.to) + 1 };
}
