import { deviance } from './deviance.ts';
import { monthsIn, shareOf, span, type Part, type Series } from './series.ts';
import { normalTail } from './tail.ts';
import { newcombe } from './interval.ts';
import { monthsBack } from './run.ts';
import { practicalDifference } from './change.ts';
import type { Variation } from './variation.ts';

/**
 * How a share fell against what was before. `since` is the place of the first month from which it is lower
 * without a break; null where it is lower in the period, but not to its end or from no clear month. `before` and
 * `after` are the months on either side (the period, where there is no such month). `p` counts that every month
 * was tried.
 */
export type Fall = { p: number; since: number | null; before: Part; after: Part; stopped: boolean };

/** What is judged, and how it varies where nothing is wrong; see `Variation`. */
export type Judged = { series: Series; judgedFrom: number; years: number; months: number };

/** A unit's series as it is judged, by its place among the units that `variation` is of. */
export const judgedOf = (series: Series, judgedFrom: number, variation: Variation, at: number): Judged => ({
	series,
	judgedFrom,
	years: variation.years[at] ?? variation.nation,
	months: variation.months[at] ?? 1
});

/** Fewer than these are not tested. */
export const leastApplicable = 10;
/** So many months at least tell what was usual. */
const leastBefore = 3;
/** A smaller fall can never matter, and is not looked at further. */
export const leastFall = practicalDifference / 2;
/** A share that went down to so much of what it was has stopped. */
const stoppedPart = 0.1;
/** Of all the likelihood of a false alarm, this part is given to the period as a whole, the rest to its splits. */
const wholeShare = 0.8;

/** Whether there is enough before and in the judged months for a fall to be looked for at all. */
export function canFall({ series, judgedFrom }: Judged): boolean {
	const last = monthsIn(series);
	return (
		judgedFrom >= leastBefore &&
		span(series, 0, judgedFrom).n >= leastApplicable &&
		span(series, judgedFrom, last).n >= leastApplicable
	);
}

/** The clearest fall of a share, or null where it nowhere fell by enough to matter (its p is 1). */
export function fallOf(judged: Judged): Fall | null {
	const { series, judgedFrom } = judged;
	const last = monthsIn(series);
	const whole = { before: span(series, 0, judgedFrom), after: span(series, judgedFrom, last) };
	const first = Math.max(leastBefore, judgedFrom - monthsBack);
	let splits = 0;
	let best: { at: number; likelihood: number; z: number } | null = null;
	for (let at = first; at < last; at++) {
		const before = span(series, 0, at);
		const after = span(series, at, last);
		if (before.n < leastApplicable || after.n < leastApplicable) continue;
		splits++;
		if (shareOf(before) - shareOf(after) < leastFall) continue;
		const likelihood = deviance(before, after);
		if (best && likelihood <= best.likelihood) continue;
		best = { at, likelihood, z: distance(before, after, likelihood, judged, at) };
	}
	const fell = shareOf(whole.before) - shareOf(whole.after) >= leastFall;
	const wholeZ = fell
		? distance(whole.before, whole.after, deviance(whole.before, whole.after), judged, judgedFrom)
		: 0;
	const wholeP = fell ? normalTail(wholeZ) / wholeShare : 1;
	const splitP = best ? (normalTail(best.z) * splits) / (1 - wholeShare) : 1;
	if (!fell && !best) return null;
	const p = Math.min(1, wholeP, splitP);
	const step = best && stepAt(judged, best.at);
	if (step && lastsFrom(series, step)) return { p, ...step };
	return fell ? { p, since: null, ...whole, stopped: false } : null;
}

/**
 * How many standard deviations a fall is: the root of the deviance over what the unit's months and years vary
 * anyway. The variance of years is that at the share before, which a greater fall does not move.
 */
function distance(before: Part, after: Part, likelihood: number, judged: Judged, at: number): number {
	return Math.sqrt(likelihood / dispersionOf(before, after.n, judged, at));
}

function dispersionOf(before: Part, n: number, judged: Judged, at: number): number {
	const p = (before.k + 0.5) / (before.n + 1);
	const anyway = judged.years * p * (1 - p) * (1 + 1 / Math.max(1, at / 12));
	return judged.months * (1 + anyway / (1 / before.n + 1 / n));
}

/** How many standard deviations a fall of the judged months by so much would be. Told from what was before alone. */
export function deviationsOf(fall: number, judged: Judged): number {
	const { series, judgedFrom } = judged;
	const before = span(series, 0, judgedFrom);
	const { n } = span(series, judgedFrom, monthsIn(series));
	const p = (before.k + 0.5) / (before.n + 1);
	const variance = p * (1 - p) * (1 / before.n + 1 / n) * dispersionOf(before, n, judged, judgedFrom);
	return fall / Math.sqrt(variance);
}

/** The step at a month; a month before it that it began in is the first, and what stopped is told as that. */
function stepAt({ series }: Judged, at: number) {
	const last = monthsIn(series);
	const stoppedFrom = [at, at + 1].find((from) => {
		const after = span(series, from, last);
		return after.n >= leastApplicable && shareOf(after) <= stoppedPart * shareOf(span(series, 0, at));
	});
	const from = stoppedFrom === undefined ? at : Math.min(at, stoppedFrom);
	const since = from > leastBefore && beganIn(series, from - 1) ? from - 1 : from;
	return {
		since,
		before: span(series, 0, since),
		after: span(series, from, last),
		stopped: stoppedFrom !== undefined
	};
}

/** Whether a month is already clearly lower than all before it, as when something stops in the middle of it. */
function beganIn(series: Series, month: number): boolean {
	const before = span(series, 0, month);
	const own = span(series, month, month + 1);
	if (before.n < leastApplicable || own.n < leastApplicable) return false;
	const clear = shareOf(before) - shareOf(own) >= practicalDifference;
	return clear && normalTail(Math.sqrt(deviance(before, own))) < 0.001;
}

/** Whether the last births are still nearer to what is after a step than to what was before it. */
function lastsFrom(series: Series, { before, after }: { before: Part; after: Part }): boolean {
	const end = monthsIn(series);
	let from = end - 1;
	while (from > 0 && span(series, from, end).n < leastApplicable) from--;
	return shareOf(span(series, from, end)) < (shareOf(before) + shareOf(after)) / 2;
}

/**
 * Whether a fall matters: five points, or somewhat less where the counts do not rule five points out (a fall of
 * exactly five points would else be passed over every other time).
 */
export function isPractical(before: Part, after: Part): boolean {
	if (shareOf(before) - shareOf(after) < leastFall) return false;
	return newcombe(after, before)[0] <= -practicalDifference;
}
