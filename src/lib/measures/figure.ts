import { wilson } from './interval.ts';
import { measures } from './measures.ts';
import type { Counts } from './counts.ts';
import type { Interval } from './interval.ts';
import type { CountsOf, Measure, MeasureId } from './measures.ts';

/**
 * `met` and `missed` hold the share against the target (a measure without one is met as soon as it can be
 * judged). `tooFew`: the denominator is too small. `notApplicable`: there is no denominator. `notDue`: the
 * births may still come in time.
 */
export type Status = 'met' | 'missed' | 'tooFew' | 'notApplicable' | 'notDue';

/** The number of a measure. Share and interval are there when the status is `met` or `missed`, else null. */
export type Figure = {
	measure: MeasureId;
	numerator: number;
	denominator: number;
	share: number | null;
	interval: Interval | null;
	status: Status;
};

export type Judging = {
	/** The share demanded, where it is not the measure's own; null when nothing is demanded. */
	target?: number | null;
	/** The smallest denominator that is judged, where it is not the measure's own. */
	minDenominator?: number;
	/** False for a period of which nothing is due yet. */
	due?: boolean;
};

/**
 * The figure of a measure from its counts, e.g. `figure('timeliness', { onTime, birthsDue })`. Throws
 * RangeError for counts that cannot be: negative, or a part larger than its whole.
 */
export function figure<Id extends MeasureId>(
	measure: Id,
	counts: CountsOf<Id>,
	judging: Judging = {}
): Figure {
	const declared: Measure = measures[measure];
	const byName: Record<string, number> = counts;
	const numerator = byName[declared.numerator] ?? Number.NaN;
	const denominator = byName[declared.denominator] ?? Number.NaN;
	check(measure, declared, numerator, denominator);
	const bare = { measure, numerator, denominator, share: null, interval: null };
	if (judging.due === false) return { ...bare, status: 'notDue' };
	if (denominator === 0) return { ...bare, status: 'notApplicable' };
	if (denominator < (judging.minDenominator ?? declared.minDenominator)) return { ...bare, status: 'tooFew' };
	const share = numerator / denominator;
	const target = judging.target === undefined ? declared.target : judging.target;
	const interval = declared.interval ? wilson(numerator, denominator) : null;
	return { ...bare, share, interval, status: reaches(share, target, declared.better) ? 'met' : 'missed' };
}

/**
 * The completeness of a variable. The catalogue's entry may be given as it is: its own target, and whether
 * unknown is as good an answer as any.
 */
export function completeness(
	counts: Counts,
	{ unknownCounts = false, ...judging }: Judging & { unknownCounts?: boolean } = {}
): Figure {
	const { nApplicable, nRecorded, nUnknown } = counts;
	return figure(
		'completeness',
		{ nRecorded: unknownCounts ? nRecorded + nUnknown : nRecorded, nApplicable },
		judging
	);
}

function reaches(share: number, target: number | null, better: Measure['better']): boolean {
	if (target === null || better === null) return true;
	return better === 'higher' ? share >= target : share <= target;
}

function check(measure: MeasureId, { interval }: Measure, numerator: number, denominator: number): void {
	const countable = Number.isFinite(numerator) && Number.isFinite(denominator);
	if (!countable || numerator < 0 || denominator < 0 || (interval && numerator > denominator)) {
		throw new RangeError(`${measure} cannot be ${numerator} of ${denominator}`);
	}
}
