/** How many births have a value, such as a number of days to receipt. */
export type Weighted = { value: number; n: number };

/**
 * The smallest value that at least the share `p` of the births do not exceed; null without births. It is
 * always one of the values, so that "half had come by day 12" is a day on which births came.
 */
export function quantile(distribution: readonly Weighted[], p: number): number | null {
	if (!(p > 0 && p <= 1)) throw new RangeError(`${p} is not a share above 0`);
	const sorted = distribution.filter(({ n }) => n > 0).toSorted((a, b) => a.value - b.value);
	const total = sorted.reduce((sum, { n }) => sum + n, 0);
	let passed = 0;
	for (const { value, n } of sorted) {
		passed += n;
		// Compared with a little room, as 0.9 · 10 and the like are not whole in binary numbers.
		if (passed >= p * total - 1e-9 * total) return value;
	}
	return null;
}

/** The value by which half of the births are reached. */
export function median(distribution: readonly Weighted[]): number | null {
	return quantile(distribution, 0.5);
}

/** The value by which nine tenths of the births are reached. */
export function ninetieth(distribution: readonly Weighted[]): number | null {
	return quantile(distribution, 0.9);
}
