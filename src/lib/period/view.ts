import { isDay, type Day } from './day.ts';
import { duePart } from './calendar.ts';
import { formatPeriod, parsePeriod, samePeriod, year, yearToDate, type Period } from './period.ts';
import { yearOf } from './birth-month.ts';

/**
 * What a page shows, as its address says it: the period, the day from which we look, how many earlier
 * years volume is compared with, and whether as they stood on the same day of their year or as they ended.
 */
export type View = { period: Period; asOf: Day; years: 3 | 5; basis: 'sameDay' | 'ended' };

/** The address asks for something that cannot be shown, in which part of it. */
export class BadAddress extends Error {
	readonly key: string;
	constructor(key: string, value: string) {
		super(`${key}=${value}`);
		this.key = key;
	}
}

/** The year so far, as far as its births are due; until any of this year's are, the whole of last year. */
export function usualPeriod(asOf: Day): Period {
	const soFar = yearToDate(asOf);
	return duePart(soFar, asOf) ?? year(yearOf(soFar.to) - 1);
}

/** The view that an address asks for; what it leaves out is as usual today. Throws BadAddress. */
export function readView(parameters: URLSearchParams, today: Day): View {
	const asOfText = parameters.get('as-of');
	if (asOfText !== null && (!isDay(asOfText) || asOfText > today)) throw new BadAddress('as-of', asOfText);
	const asOf = asOfText ?? today;
	const periodText = parameters.get('period');
	const period = periodText === null ? usualPeriod(asOf) : parsePeriod(periodText);
	if (!period) throw new BadAddress('period', periodText ?? '');
	const years = parameters.get('years') ?? '3';
	if (years !== '3' && years !== '5') throw new BadAddress('years', years);
	const basis = parameters.get('basis') ?? 'same-day';
	if (basis !== 'same-day' && basis !== 'ended') throw new BadAddress('basis', basis);
	return { period, asOf, years: years === '3' ? 3 : 5, basis: basis === 'ended' ? 'ended' : 'sameDay' };
}

/** The part of an address that says a view, with only what is not as usual: “?period=2026-Q1”, or nothing. */
export function viewQuery(view: View, today: Day): string {
	const parameters = new URLSearchParams();
	if (!samePeriod(view.period, usualPeriod(view.asOf))) parameters.set('period', formatPeriod(view.period));
	if (view.asOf !== today) parameters.set('as-of', view.asOf);
	if (view.years !== 3) parameters.set('years', String(view.years));
	if (view.basis !== 'sameDay') parameters.set('basis', 'ended');
	const text = parameters.toString();
	return text && `?${text}`;
}
