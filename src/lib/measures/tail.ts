import jstat from 'jstat';

/** The share of a normal distribution that lies further out than z standard deviations, on z's side: 0.5 for 0. */
export const normalTail = (z: number): number => jstat.erfc(Math.abs(z) / Math.SQRT2) / 2;

/**
 * How likely it is that at most k of n are recorded where each is with the share p. Through the incomplete beta
 * function, which keeps its digits far out where a sum would lose them.
 */
export function atMost(k: number, n: number, p: number): number {
	if (k >= n || p <= 0) return 1;
	if (k < 0 || p >= 1) return 0;
	return jstat.ibeta(1 - p, n - k, k + 1);
}

/** How likely it is that at least k of n are so where each is with the share p. */
export function atLeast(k: number, n: number, p: number): number {
	if (k <= 0 || p >= 1) return 1;
	if (k > n || p <= 0) return 0;
	return jstat.ibeta(p, k, n - k + 1);
}
