/** The lowest and the highest value that the counts allow at the chosen certainty. */
export type Interval = [low: number, high: number];

/** The normal quantile of a two-sided 95 % interval. */
export const z95 = 1.959964;

/** The normal quantile of a two-sided 99.8 % interval. */
export const z998 = 3.090232;

/**
 * Wilson's interval of a share of `k` in `n`; within 0–1 and around the share. `z` gives the certainty.
 * Throws RangeError when `n` is not above 0 or `k` lies outside 0–n.
 * Source: Wilson 1927, J Am Stat Assoc 22:209–212.
 */
export function wilson(k: number, n: number, z = z95): Interval {
	if (!(n > 0) || !(k >= 0 && k <= n)) throw new RangeError(`No interval for ${k} of ${n}`);
	const p = k / n;
	const middle = p + (z * z) / (2 * n);
	const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
	const scale = 1 + (z * z) / n;
	// Rounding may push a bound a hair past the share, or past 0 or 1, where theory says they meet.
	const low = k === 0 ? 0 : Math.min(p, (middle - half) / scale);
	const high = k === n ? 1 : Math.max(p, (middle + half) / scale);
	return [low, high];
}

/**
 * Newcombe's interval of the difference `later − earlier` between two shares, from their Wilson intervals.
 * Source: Newcombe 1998, Stat Med 17:873–890, method 10.
 */
export function newcombe(
	later: { k: number; n: number },
	earlier: { k: number; n: number },
	z = z95
): Interval {
	const p = later.k / later.n;
	const q = earlier.k / earlier.n;
	const [pLow, pHigh] = wilson(later.k, later.n, z);
	const [qLow, qHigh] = wilson(earlier.k, earlier.n, z);
	return [p - q - Math.hypot(p - pLow, qHigh - q), p - q + Math.hypot(pHigh - p, q - qLow)];
}
