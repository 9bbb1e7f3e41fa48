import { newcombe } from './interval.ts';
import type { Figure } from './figure.ts';
import type { Interval } from './interval.ts';

/**
 * How a share has moved: `difference` is later − earlier (0.05 is five points). `practical`: at least five
 * points. `statistical`: the interval leaves out no change. A flag needs both.
 */
export type Change = { difference: number; interval: Interval; practical: boolean; statistical: boolean };

/** The smallest difference that matters in practice, as a share. */
export const practicalDifference = 0.05;

/** The change between two figures of the same measure; null when either has no share or no interval. */
export function change(later: Figure, earlier: Figure): Change | null {
	if (later.measure !== earlier.measure) {
		throw new RangeError(`${later.measure} cannot be held against ${earlier.measure}`);
	}
	if (later.share === null || earlier.share === null || !later.interval || !earlier.interval) return null;
	const difference = later.share - earlier.share;
	const interval = newcombe(
		{ k: later.numerator, n: later.denominator },
		{ k: earlier.numerator, n: earlier.denominator }
	);
	return {
		difference,
		interval,
		// 0.95 − 0.90 is a hair under 0.05 in binary numbers.
		practical: Math.abs(difference) >= practicalDifference - 1e-12,
		statistical: interval[0] > 0 || interval[1] < 0
	};
}
