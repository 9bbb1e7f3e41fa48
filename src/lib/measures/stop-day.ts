import type { Day } from '#lib/period/day.ts';

/** What a day's births hold of one variable or form. */
export type DayCounts = { day: Day; applicable: number; recorded: number };

/** Days whose likelihood lies this much under the best, on the scale of logarithms, are as good. */
const asGood = 2;

/**
 * The day from which the share is the lower one: of all days that split them, the one that makes the days likeliest
 * with one share before and another from it on. `from` and `to`: the first and the last day that are nearly as
 * likely. The days are in time order; those without births may be left out. Null where no day splits them into a
 * higher share and a lower one.
 */
export function changeDay(days: readonly DayCounts[]): { day: Day; from: Day; to: Day } | null {
	const born = days.filter(({ applicable }) => applicable > 0);
	const all = { k: 0, n: 0 };
	for (const { recorded, applicable } of born) {
		all.k += recorded;
		all.n += applicable;
	}
	const before = { k: 0, n: 0 };
	const likelihoods = born.map(({ recorded, applicable }) => {
		const after = { k: all.k - before.k, n: all.n - before.n };
		const lower = before.n > 0 && after.k / after.n < before.k / before.n;
		const likelihood = lower ? logLikelihood(before) + logLikelihood(after) : -Infinity;
		before.k += recorded;
		before.n += applicable;
		return likelihood;
	});
	const best = likelihoods.reduce((most, likelihood) => Math.max(most, likelihood), -Infinity);
	if (best === -Infinity) return null;
	const near = (likelihood: number) => likelihood >= best - asGood;
	const dayAt = (at: number) => born[at]?.day ?? '';
	return {
		day: dayAt(likelihoods.indexOf(best)),
		from: dayAt(likelihoods.findIndex(near)),
		to: dayAt(likelihoods.findLastIndex(near))
	};
}

/** Of so many recorded, at the share that makes them likeliest. */
const logLikelihood = ({ k, n }: { k: number; n: number }) => term(k, n) + term(n - k, n);

const term = (part: number, n: number) => (part > 0 ? part * Math.log(part / n) : 0);
