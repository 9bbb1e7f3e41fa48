import { span, type Series } from './series.ts';
import { winsorise } from './winsorise.ts';

/**
 * How much shares vary where nothing is wrong, unit by unit. `years`: the variance, on the scale of log odds, of the
 * unit's share from one year to the next, at least that of all units, which is `nation`; `months`: φ ≥ 1 of each unit, how much more its months of a year differ than chance alone lets them.
 */
export type Variation = { years: Float64Array; nation: number; months: Float64Array };

/** What one unit's history tells of the variance between years: an unbiased estimate, and its weight. */
type Estimate = { variance: number; weight: number; freedom: number };

/** Fewer applicable than this tell nothing of a year, or of a month. */
const leastOfYear = 30;
const leastOfMonth = 5;
/** As if so many months had been seen in which there was chance only. */
const priorMonths = 12;
/** As if so many units had been seen that vary as the other subjects do. */
const priorUnits = 10;
/** And so many years of a unit as there are in the mean. */
const priorFreedom = 4;
/** The variance between years where no history tells: 0.1 on the scale of log odds. */
const usualVariance = 0.01;

/**
 * The variation of some subjects (variables, forms), each with one series per unit, in the months before the
 * judged ones. `years` are the places on the axis where a year begins, the first 0 and the last the first
 * judged month. A subject's own variance is drawn toward that of all subjects, as far as it has few units.
 */
export function variations(
	subjects: readonly (readonly (Series | undefined)[])[],
	years: readonly number[]
): Variation[] {
	const estimates = subjects.map((units) =>
		units.map((series) => (series ? betweenYears(series, years) : undefined))
	);
	const all = robustMean(estimates.flat()) ?? usualVariance;
	return subjects.map((units, subject) => {
		const own = (estimates[subject] ?? []).filter((estimate) => estimate !== undefined);
		const mean = ((robustMean(own) ?? all) * own.length + all * priorUnits) / (own.length + priorUnits);
		return {
			nation: mean,
			years: Float64Array.from(units, (_, unit) => ofUnit(estimates[subject]?.[unit], mean)),
			months: Float64Array.from(units, (series) => (series ? betweenMonths(series, years) : 1))
		};
	});
}

/**
 * By moments: the sum of squares of the years' shares around their mean, over the binomial variance, has the
 * expectation (years − 1) + variance · pq(Σn − Σn²/Σn).
 */
function betweenYears(series: Series, years: readonly number[]): Estimate | undefined {
	let count = 0;
	let n = 0;
	let k = 0;
	let squares = 0;
	eachSpan(series, years, leastOfYear, (part) => {
		count++;
		n += part.n;
		k += part.k;
		squares += part.n * part.n;
	});
	// a share of 0 or 1 has no odds
	if (count < 2 || k === 0 || k === n) return undefined;
	const p = k / n;
	const pq = p * (1 - p);
	let chi = 0;
	eachSpan(series, years, leastOfYear, (part) => {
		chi += (part.n * (part.k / part.n - p) ** 2) / pq;
	});
	const weight = pq * (n - squares / n);
	const freedom = count - 1;
	return weight > 0 ? { variance: (chi - freedom) / weight, weight, freedom } : undefined;
}

/** A unit that moved more than the others may do so again; its few years are drawn toward the mean. */
function ofUnit(own: Estimate | undefined, mean: number): number {
	if (!own) return mean;
	const drawn = (own.freedom * own.variance + priorFreedom * mean) / (own.freedom + priorFreedom);
	return Math.max(mean, drawn);
}

/** The weighted mean with the outer tenths drawn in: the faults of some years are no usual variation. */
function robustMean(some: readonly (Estimate | undefined)[]): number | undefined {
	const estimates = some.filter((estimate) => estimate !== undefined);
	if (estimates.length === 0) return undefined;
	const drawnIn = winsorise(
		estimates.map((e) => e.variance),
		0.1
	);
	let sum = 0;
	let weights = 0;
	estimates.forEach(({ weight }, at) => {
		sum += weight * (drawnIn[at] ?? 0);
		weights += weight;
	});
	return Math.max(0, sum / weights);
}

/** φ of the months around their own year's share, drawn toward 1; the outer tenths of the months drawn in. */
function betweenMonths(series: Series, years: readonly number[]): number {
	const scores: number[] = [];
	let used = 0;
	for (let year = 0; year + 1 < years.length; year++) {
		const [from = 0, to = 0] = [years[year], years[year + 1]];
		const whole = span(series, from, to);
		if (whole.n < leastOfYear || whole.k === whole.n || whole.k === 0) continue;
		const p = whole.k / whole.n;
		used++;
		for (let month = from; month < to; month++) {
			const { k, n } = span(series, month, month + 1);
			if (n >= leastOfMonth) scores.push((k - n * p) / Math.sqrt(n * p * (1 - p)));
		}
	}
	const freedom = scores.length - used;
	if (freedom <= 0) return 1;
	const chi = winsorise(scores, 0.1).reduce((sum, score) => sum + score * score, 0);
	return Math.max(1, (chi + priorMonths) / (freedom + priorMonths));
}

function eachSpan(
	series: Series,
	years: readonly number[],
	least: number,
	use: (part: { k: number; n: number }) => void
): void {
	for (let year = 0; year + 1 < years.length; year++) {
		const part = span(series, years[year] ?? 0, years[year + 1] ?? 0);
		if (part.n >= least) use(part);
	}
}
