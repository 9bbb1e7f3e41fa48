import { addMonths, monthNumber, yearOf } from './birth-month.ts';
import { duePart } from './calendar.ts';
import { monthsLater } from './day.ts';
import { year } from './period.ts';
import { isCumulative, roundOf } from './round.ts';
import type { View } from './view.ts';

/**
 * The view of the feedback before the one that a view is of: of a year's first nine months the first six as
 * they stood in September. Any other period is held against itself three months earlier, as far as it was due
 * then. Undefined where nothing was.
 */
export function lastRound(view: View): View | undefined {
	const { period, asOf } = view;
	if (isCumulative(period)) {
		const before =
			monthNumber(period.to) === 3
				? year(yearOf(period.to) - 1)
				: { from: period.from, to: addMonths(period.to, -3) };
		const day = roundOf(before)?.cutOff;
		if (day && day < asOf) return { ...view, period: before, asOf: day };
	}
	const earlier = monthsLater(asOf, -3);
	const due = duePart(period, earlier);
	return due && { ...view, period: due, asOf: earlier };
}
