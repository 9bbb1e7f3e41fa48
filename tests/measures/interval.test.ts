import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newcombe, wilson } from '#lib/measures/interval.ts';

const parts = fc
	.integer({ min: 1, max: 200_000 })
	.chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

test('the interval of 180 in 200 is 0.8506–0.9343', () => {
	const [low, high] = wilson(180, 200);
	expect(low).toBeCloseTo(0.8506, 4);
	expect(high).toBeCloseTo(0.9343, 4);
});

test('an interval lies within 0–1 and holds the share', () => {
	fc.assert(
		fc.property(parts, ([k, n]) => {
			const [low, high] = wilson(k, n);
			expect(low).toBeGreaterThanOrEqual(0);
			expect(low).toBeLessThanOrEqual(k / n);
			expect(high).toBeGreaterThanOrEqual(k / n);
			expect(high).toBeLessThanOrEqual(1);
		})
	);
	expect(wilson(0, 50)[0]).toBe(0);
	expect(wilson(50, 50)[1]).toBe(1);
});

test('a higher certainty gives a wider interval', () => {
	fc.assert(
		fc.property(parts, ([k, n]) => {
			const [low, high] = wilson(k, n);
			const [lower, higher] = wilson(k, n, 3);
			expect(lower).toBeLessThanOrEqual(low);
			expect(higher).toBeGreaterThanOrEqual(high);
		})
	);
});

test('there is no interval without a denominator, nor for a part larger than its whole', () => {
	expect(() => wilson(0, 0)).toThrow(RangeError);
	expect(() => wilson(11, 10)).toThrow('No interval for 11 of 10');
	expect(() => wilson(-1, 10)).toThrow(RangeError);
});

test("Newcombe's published example, 56 of 70 against 48 of 80, is 0.0524–0.3339", () => {
	const [low, high] = newcombe({ k: 56, n: 70 }, { k: 48, n: 80 });
	expect(low).toBeCloseTo(0.0524, 4);
	expect(high).toBeCloseTo(0.3339, 4);
});
