import fc from 'fast-check';
import { expect, test } from 'vitest';
import { funnel, funnelLimits } from '#lib/measures/funnel.ts';
import { z998 } from '#lib/measures/interval.ts';
import { winsorise } from '#lib/measures/winsorise.ts';

const example = [
	{ unit: 'a', numerator: 980, denominator: 1000 },
	{ unit: 'b', numerator: 470, denominator: 500 },
	{ unit: 'c', numerator: 1900, denominator: 2000 },
	{ unit: 'd', numerator: 90, denominator: 100 },
	{ unit: 'e', numerator: 260, denominator: 300 }
];

test('the worked example has φ = 11.917 and τ² = 0.0054966', () => {
	const found = funnel(example, { winsorised: 0 });
	expect(found?.target).toBeCloseTo(3700 / 3900, 12);
	expect(found?.dispersion).toBeCloseTo(11.917, 3);
	expect(found?.between).toBeCloseTo(0.0054966, 7);
	expect(found?.units.map(({ place }) => place)).toEqual(Array(5).fill('within'));
});

test('a unit outside the limits at its denominator is placed outside, and the other way round', () => {
	const shares = fc
		.integer({ min: 10, max: 5000 })
		.chain((denominator) => fc.tuple(fc.integer({ min: 0, max: denominator }), fc.constant(denominator)));
	fc.assert(
		fc.property(fc.array(shares, { minLength: 2, maxLength: 40 }), (pairs) => {
			const units = pairs.map(([numerator, denominator], at) => ({ unit: `u${at}`, numerator, denominator }));
			const found = funnel(units);
			for (const { place, share, denominator } of found?.units ?? []) {
				if (!found || share === null) throw new Error('every unit here has enough births');
				const [low, high] = funnelLimits(found, denominator);
				const [lower, higher] = funnelLimits(found, denominator, z998);
				expect(lower).toBeLessThanOrEqual(low);
				expect(higher).toBeGreaterThanOrEqual(high);
				const hair = 1e-9;
				if (place === 'within') {
					expect(share).toBeGreaterThanOrEqual(low - hair);
					expect(share).toBeLessThanOrEqual(high + hair);
				}
				if (place === 'low') expect(share).toBeLessThanOrEqual(low + hair);
				if (place === 'veryLow') expect(share).toBeLessThanOrEqual(lower + hair);
				if (place === 'high') expect(share).toBeGreaterThanOrEqual(high - hair);
				if (place === 'veryHigh') expect(share).toBeGreaterThanOrEqual(higher - hair);
			}
		})
	);
});

test('one unit far from many alike is very low', () => {
	const alike = Array.from({ length: 19 }, (_, at) => ({
		unit: `u${at}`,
		numerator: 970,
		denominator: 1000
	}));
	const units = [...alike, { unit: 'far', numerator: 600, denominator: 1000 }];
	expect(funnel(units)?.units.map(({ place }) => place)).toEqual([...Array(19).fill('within'), 'veryLow']);
	expect(funnel(units)?.between).toBeLessThan(funnel(units, { winsorised: 0 })?.between ?? 0);
});

test('a unit with too few births gets no score', () => {
	const found = funnel([...example, { unit: 'f', numerator: 0, denominator: 9 }]);
	expect(found?.units.at(-1)).toMatchObject({ share: null, z: null, place: 'tooFew' });
});

test('there is no funnel without births, and no spread of one unit', () => {
	expect(funnel([])).toBeUndefined();
	expect(funnel([{ unit: 'a', numerator: 0, denominator: 0 }])).toBeUndefined();
	expect(funnel(example.slice(0, 1))).toMatchObject({ dispersion: 1, between: 0 });
});

test('the limits stay within 0–1 where the funnel is wider than the scale', () => {
	const found = funnel(example, { winsorised: 0 });
	if (!found) throw new Error('the example has births');
	const [low, high] = funnelLimits(found, 10, z998);
	expect(low).toBeGreaterThan(0);
	expect(high).toBe(1);
});

test('winsorise() draws in a tenth at each end and keeps the order', () => {
	expect(winsorise([9, 1, 2, 3, 4, 5, 6, 7, 8, -50], 0.1)).toEqual([8, 1, 2, 3, 4, 5, 6, 7, 8, 1]);
	expect(winsorise([100, 1, -100], 0.1)).toEqual([100, 1, -100]);
	expect(winsorise([], 0.1)).toEqual([]);
});
