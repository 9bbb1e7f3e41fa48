import { addMonths, birthMonth, monthNumber, yearOf } from './birth-month.ts';
import { birthMonthOf } from './day.ts';
import { lastDayForSupplements } from './calendar.ts';
import { cumulative, year } from './period.ts';
import type { BirthMonth } from './birth-month.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';

/**
 * One feedback occasion: the cumulative period it looks at and the month in which it takes place. A silent
 * one closes the year after the last day for supplements; the units get no report of it.
 */
export type Round = { period: Period; heldIn: BirthMonth; silent: boolean };

/** January–March is fed back in June, January–June in September and so on: three months after its end. */
const monthsFromEndToRound = 3;

/** The round that feeds a period back to the units; undefined when no round looks at just these months. */
export function roundOf(period: Period): Round | undefined {
	if (!isCumulative(period)) return undefined;
	return { period, heldIn: addMonths(period.to, monthsFromEndToRound), silent: false };
}

/** Whether a period is what a round looks at: January to March, June, September or December of one year. */
export function isCumulative({ from, to }: Period): boolean {
	return yearOf(from) === yearOf(to) && monthNumber(from) === 1 && monthNumber(to) % 3 === 0;
}

/** The first round that is held in the month of `asOf` or later, the silent one included. */
export function nextRound(asOf: Day): Round {
	return soonest(asOf, () => true);
}

/** The first round held in the month of `asOf` or later of which the units get a report. */
export function nextFeedback(asOf: Day): Round {
	return soonest(asOf, (round) => !round.silent);
}

function soonest(asOf: Day, wanted: (round: Round) => boolean): Round {
	const now = birthMonthOf(asOf);
	const thisYear = yearOf(now);
	const found = [...roundsHeldIn(thisYear), ...roundsHeldIn(thisYear + 1)].find(
		(round) => round.heldIn >= now && wanted(round)
	);
	if (!found) throw new RangeError(`No round follows ${asOf}`);
	return found;
}

/** The five rounds of a calendar year, in the order in which they are held. */
export function roundsHeldIn(yearNumber: number): Round[] {
	const lastYear = year(yearNumber - 1);
	return [
		{ period: lastYear, heldIn: birthMonth(yearNumber, 3), silent: false },
		{ period: lastYear, heldIn: birthMonthOf(lastDayForSupplements(yearNumber - 1)), silent: true },
		{ period: cumulative(yearNumber, 3), heldIn: birthMonth(yearNumber, 6), silent: false },
		{ period: cumulative(yearNumber, 6), heldIn: birthMonth(yearNumber, 9), silent: false },
		{ period: cumulative(yearNumber, 9), heldIn: birthMonth(yearNumber, 12), silent: false }
	];
}
