import { monthNumber, yearOf } from './birth-month.ts';
import { birthMonthOf } from './day.ts';
import { cumulative, formatPeriod, quarter, year, yearToDate } from './period.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';

/** Why a period is offered; a period that is several of these is offered once, as the first of them. */
export type PeriodKind = 'yearToDate' | 'cumulative' | 'quarter' | 'year';

export type SelectablePeriod = { kind: PeriodKind; period: Period };

/**
 * The periods that a reader chooses among as of a day: the year to date; for this year and the last one
 * the cumulative periods of the feedback rounds that have ended or are in their last month, and the
 * quarters that have begun; the whole years back to `firstYear`. Latest first within each kind.
 */
export function selectablePeriods(asOf: Day, firstYear: number): SelectablePeriod[] {
	const now = birthMonthOf(asOf);
	const thisYear = yearOf(now);
	const recent = [thisYear, thisYear - 1].filter((number) => number >= firstYear);
	const offered: SelectablePeriod[] = [
		{ kind: 'yearToDate', period: yearToDate(asOf) },
		...recent
			.flatMap((number) => [9, 6, 3].map((month) => cumulative(number, month)))
			.filter((period) => period.to <= now)
			.map((period) => ({ kind: 'cumulative' as const, period })),
		...recent
			.flatMap((number) => [4, 3, 2, 1].map((quarterNumber) => quarter(number, quarterNumber)))
			.filter((period) => period.from <= now)
			.map((period) => ({ kind: 'quarter' as const, period })),
		...wholeYears(monthNumber(now) === 12 ? thisYear : thisYear - 1, firstYear)
	];
	const seen = new Set<string>();
	return offered.filter(({ period }) => {
		const text = formatPeriod(period);
		return !seen.has(text) && seen.add(text);
	});
}

function wholeYears(last: number, first: number): SelectablePeriod[] {
	const count = Math.max(0, last - first + 1);
	return Array.from({ length: count }, (_, back) => ({ kind: 'year', period: year(last - back) }));
}
