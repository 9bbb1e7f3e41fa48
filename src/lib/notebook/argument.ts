import { addMonths, yearOf } from '#lib/period/birth-month.ts';
import { birthMonthOf, isDay, type Day } from '#lib/period/day.ts';
import { formatPeriod, parsePeriod, year, type Period } from '#lib/period/period.ts';
import { isFeedback, roundsHeldIn } from '#lib/period/round.ts';
import { usualPeriod } from '#lib/period/view.ts';
import type { Parameter } from './header.ts';

/** Words for a period that moves with the days. */
const periodWords: Readonly<Record<string, (today: Day) => Period>> = {
	'this-year': usualPeriod,
	'last-year': (today) => year(thisYear(today) - 1),
	'last-round': lastRoundPeriod,
	'ten-years': (today) => ({ from: year(thisYear(today) - 10).from, to: year(thisYear(today) - 1).to })
};

const thisYear = (today: Day) => yearOf(birthMonthOf(today));

/** What the last feedback whose cut-off has been looked at. */
function lastRoundPeriod(today: Day): Period {
	const now = thisYear(today);
	const held = [now - 1, now].flatMap(roundsHeldIn).filter(isFeedback);
	const last = held.findLast(({ cutOff }) => cutOff <= today);
	return last?.period ?? { from: addMonths(birthMonthOf(today), -12), to: birthMonthOf(today) };
}

/** A value with the words for moving periods and days (last-year, today) put into figures; any other as it is. */
export function resolved(type: Parameter['type'], value: string, today: Day): string {
	if (type === 'day') return value === 'today' ? today : value;
	const word = type === 'period' && Object.hasOwn(periodWords, value) ? periodWords[value] : undefined;
	return word ? formatPeriod(word(today)) : value;
}

/** Whether a text can be the value of a parameter. */
export function fits({ type, choices, default: usual }: Parameter, value: string): boolean {
	if (type === 'period') return parsePeriod(value) !== undefined;
	if (type === 'day') return isDay(value);
	if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
	if (type === 'boolean') return value === 'true' || value === 'false';
	if (type === 'choice') return choices?.some((choice) => choice.value === value) ?? false;
	return type === 'text' || value !== '' || usual === '';
}

/** What a parameter has to be, for a sentence that says that a value is not. */
export function kindOf({ type, choices }: Parameter): string {
	if (type === 'choice') return `one of ${choices?.map(({ value }) => value).join(', ')}`;
	if (type === 'period')
		return `a period such as 2026-01..2026-06, 2026-Q1 or 2026, or ${Object.keys(periodWords).join(', ')}`;
	if (type === 'day') return 'a day such as 2026-11-23, or today';
	if (type === 'boolean') return 'true or false';
	return `a ${type}`;
}
