import type { Matter } from './flag.ts';
import type { JudgedVariable, NationHistory, UnitHistory } from './history.ts';
import { seriesOf, span, type Part, type Series } from './series.ts';

/** What to say of a test that stands out, and the births (or deliveries) concerned of all judged ones. */
export type Told = { matter: Matter; births: number; of: number };

/**
 * Something that was tested. `weight` is how readily it is believed beside the other tests of its kind, told from
 * what was before; `tell` is null where it could not matter, however unlikely.
 */
export type Candidate = { unit: UnitHistory; p: number; weight: number; tell: (() => Told) | null };

/** A test that says nothing: it counts among those that were made. */
export const untold = (unit: UnitHistory, weight = 1): Candidate => ({ unit, p: 1, weight, tell: null });

/** A run with what every kind of test needs: the length of the axis, and years that tell how units vary. */
export type Run = NationHistory & { last: number; years: readonly number[] };

/** What is looked for may have begun so many months before the period. */
export const monthsBack = 12;

/**
 * A run of a history. Its `years` are the places where a calendar year begins, from 0 to the end of what tells how
 * units vary: the last months before the period are left out where enough remain.
 */
export function runOf(history: NationHistory): Run {
	const { months, judgedFrom } = history;
	const end = judgedFrom >= 3 * monthsBack ? judgedFrom - monthsBack : judgedFrom;
	const january = months.flatMap((month, at) => (at > 0 && at < end && month.endsWith('-01') ? [at] : []));
	return { ...history, last: months.length, years: [0, ...january, end] };
}

/** Of each variable the recorded values of each unit as a series; undefined where a unit has no such births. */
export const valuesOf = ({ units }: Run, variables: readonly JudgedVariable[]): (Series | undefined)[][] =>
	variables.map(({ id }) =>
		units.map(({ items }) => {
			const item = items.get(id);
			return item && seriesOf(item.applicable, item.recorded, 'good');
		})
	);

/** The months of a series that are of the period. */
export const judgedPart = (series: Series, { judgedFrom, judgedTo, last }: Run): Part =>
	span(series, judgedFrom, judgedTo ?? last);

/** The same with what has come since the period ended: a loss that began after it is one too. */
export const judgedAndSince = (series: Series, { judgedFrom, last }: Run): Part =>
	span(series, judgedFrom, last);

/** So many births fewer are little enough to be left to the receipts. */
export const leastBirths = 5;
