import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, ninetieth, quantile } from '#lib/measures/quantile.ts';

test('the median and the 90th percentile are days on which births came', () => {
	const days = [
		{ value: 30, n: 1 },
		{ value: 3, n: 4 },
		{ value: 8, n: 4 },
		{ value: 12, n: 1 }
	];
	expect(median(days)).toBe(8);
	expect(ninetieth(days)).toBe(12);
	expect(quantile(days, 1)).toBe(30);
});

test('a weight is so many births of the same value', () => {
	const spread = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 200 });
	fc.assert(
		fc.property(spread, fc.integer({ min: 1, max: 100 }), (values, hundredths) => {
			const sorted = values.toSorted((a, b) => a - b);
			const rank = Math.ceil((hundredths * sorted.length) / 100);
			const pooled = [...new Set(values)].map((value) => ({
				value,
				n: values.filter((other) => other === value).length
			}));
			expect(quantile(pooled, hundredths / 100)).toBe(sorted[rank - 1]);
		})
	);
});

test('no births have no median', () => {
	expect(median([])).toBeNull();
	expect(median([{ value: 4, n: 0 }])).toBeNull();
	expect(() => quantile([{ value: 4, n: 1 }], 0)).toThrow(RangeError);
});
