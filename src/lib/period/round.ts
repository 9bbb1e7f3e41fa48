import { addMonths, monthNumber, yearOf } from './birth-month.ts';
import { addDays, birthMonthOf, firstDay } from './day.ts';
import { lastDayForSupplements } from './calendar.ts';
import { cumulative, year } from './period.ts';
import type { BirthMonth } from './birth-month.ts';
import type { Day } from './day.ts';
import type { Period } from './period.ts';

/**
 * One feedback occasion: the cumulative period it looks at, the month in which it takes place, and the cut-off: the
 * day from which its figures look, so that what is received on it counts. `sentOn` is the day on which the units get
 * their reports; null for the silent one, which closes the year after the last day for supplements.
 */
export type Round = { period: Period; heldIn: BirthMonth; cutOff: Day; sentOn: Day | null };

/** A round of which the units get a report. */
export type Feedback = Round & { sentOn: Day };

/** January–March is fed back in June, January–June in September and so on: three months after its end. */
const monthsFromEndToRound = 3;

/** The round that feeds a period back to the units; undefined when no round looks at just these months. */
export function roundOf(period: Period): Feedback | undefined {
	return isCumulative(period) ? feedback(period) : undefined;
}

/** Whether a period is what a round looks at: January to March, June, September or December of one year. */
export function isCumulative({ from, to }: Period): boolean {
	return yearOf(from) === yearOf(to) && monthNumber(from) === 1 && monthNumber(to) % 3 === 0;
}

/** The first feedback that counts what is received after `asOf`. */
export function nextCounting(asOf: Day): Feedback {
	return soonest(asOf, (held) =>
		roundsHeldIn(held)
			.filter(isFeedback)
			.filter(({ cutOff }) => cutOff > asOf)
	);
}

/** The first round that is sent to the units on `asOf` or later. */
export function nextFeedback(asOf: Day): Feedback {
	return soonest(asOf, (held) =>
		roundsHeldIn(held)
			.filter(isFeedback)
			.filter(({ sentOn }) => sentOn >= asOf)
	);
}

/** Whether the units get a report of a round. */
export function isFeedback(round: Round): round is Feedback {
	return round.sentOn !== null;
}

function soonest<R>(asOf: Day, roundsOf: (year: number) => R[]): R {
	const thisYear = yearOf(birthMonthOf(asOf));
	const [found] = [...roundsOf(thisYear), ...roundsOf(thisYear + 1)];
	if (!found) throw new RangeError(`No round follows ${asOf}`);
	return found;
}

/** The five rounds of a calendar year, in the order in which they are held. */
export function roundsHeldIn(yearNumber: number): Round[] {
	const lastYear = year(yearNumber - 1);
	return [
		feedback(lastYear),
		closing(yearNumber - 1),
		...[3, 6, 9].map((lastMonth) => feedback(cumulative(yearNumber, lastMonth)))
	];
}

/**
 * The register says only in which months it gives feedback. That it looks from the first of the month and sends
 * on the second Wednesday, from the 8th to the 14th, is ours: a week to make the reports and look them through,
 * and never a holiday in Sweden.
 */
function feedback(period: Period): Feedback {
	const heldIn = addMonths(period.to, monthsFromEndToRound);
	return { period, heldIn, cutOff: firstDay(heldIn), sentOn: secondWednesday(heldIn) };
}

/** The silent round of a year looks from the first day on which its figures are final. */
function closing(yearNumber: number): Round {
	const cutOff = addDays(lastDayForSupplements(yearNumber), 1);
	return { period: year(yearNumber), heldIn: birthMonthOf(cutOff), cutOff, sentOn: null };
}

function secondWednesday(month: BirthMonth): Day {
	const eighth = addDays(firstDay(month), 7);
	const wednesday = 3;
	return addDays(eighth, (wednesday - new Date(eighth).getUTCDay() + 7) % 7);
}
