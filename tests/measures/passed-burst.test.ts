import { expect, test } from 'vitest';
import { passedBurst } from '#lib/measures/passed-burst.ts';
import { seriesOf } from '#lib/measures/series.ts';

const limits = { share: 0.05, least: 20 };
/** Nine months of 300 births with so many wrong values each. */
const months = (...wrong: number[]) =>
	seriesOf(
		Int32Array.from(wrong, () => 300),
		Int32Array.from(wrong),
		'bad'
	);
const judged = { from: 0, last: 9 };

test('a burst in two months is found though the whole period has few wrong values', () => {
	const burst = passedBurst(months(1, 0, 2, 1, 60, 55, 0, 1, 0), judged, 0.003, limits);
	expect(burst?.part).toEqual({ k: 600 - 115, n: 600 });
	expect(burst?.p).toBeLessThan(1e-20);
});

test('what is usual is no burst, nor is a month with few wrong values', () => {
	expect(passedBurst(months(14, 14, 14, 14, 14, 14, 14, 14, 14), judged, 0.045, limits)).toBeNull();
	expect(passedBurst(months(0, 0, 0, 19, 0, 0, 0, 0, 0), judged, 0.001, limits)).toBeNull();
	// a month at five in a hundred is nothing where three are usual
	expect(passedBurst(months(9, 9, 20, 9, 9, 9, 9, 9, 9), judged, 0.03, limits)?.p).toBe(1);
});

test('months outside those that are judged are not looked at', () => {
	const series = months(60, 60, 0, 0, 0, 0, 0, 0, 0);
	expect(passedBurst(series, { from: 2, last: 9 }, 0.001, limits)).toBeNull();
});
