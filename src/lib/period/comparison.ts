import { monthsLater } from './day.ts';
import { earlierPeriod } from './period.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';

/** An earlier period and the day from which to look at it. */
export type Comparison = { period: Period; asOf: Day };

/** The same months of each of the `years` years before a period, the nearest first. */
export function sameMonthsOfEarlierYears(period: Period, years: number): Period[] {
	return Array.from({ length: years }, (_, index) => earlierPeriod(period, index + 1));
}

/** The same day `yearsBack` years earlier; 29 February becomes 28 February where the year has none. */
export function sameDayEarlier(day: Day, yearsBack: number): Day {
	return monthsLater(day, -12 * yearsBack);
}

/** Earlier years as they stood on the same day of their year: late births are late in both. */
export function asTheyStood(period: Period, asOf: Day, years: number): Comparison[] {
	return sameMonthsOfEarlierYears(period, years).map((earlier, index) => ({
		period: earlier,
		asOf: sameDayEarlier(asOf, index + 1)
	}));
}

/** Earlier years as they have ended: everything received for them up to `asOf`. */
export function asTheyEnded(period: Period, asOf: Day, years: number): Comparison[] {
	return sameMonthsOfEarlierYears(period, years).map((earlier) => ({ period: earlier, asOf }));
}
