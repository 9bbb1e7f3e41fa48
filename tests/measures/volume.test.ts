import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	expectedVolume,
	nationalRatio,
	overdispersion,
	predictionLimits,
	volume
} from '#lib/measures/volume.ts';

test.for([
	[1500, 450.03, 551.25],
	[90, 18.23, 43.05]
] as const)('%d births in three earlier years give the limits %d–%d', ([earlierTotal, low, high]) => {
	const limits = predictionLimits({ earlierTotal, years: 3 });
	expect(limits[0]).toBeCloseTo(low, 2);
	expect(limits[1]).toBeCloseTo(high, 2);
});

test('limits widen with overdispersion, hold the expectation and never go below 0', () => {
	const expectations = fc.record({
		earlierTotal: fc.nat({ max: 50_000 }),
		years: fc.integer({ min: 1, max: 10 }),
		ratio: fc.double({ min: 0.2, max: 3, noNaN: true })
	});
	const dispersions = fc.double({ min: 1, max: 20, noNaN: true });
	fc.assert(
		fc.property(expectations, dispersions, dispersions, (expectation, one, other) => {
			const narrow = predictionLimits({ ...expectation, dispersion: Math.min(one, other) });
			const wide = predictionLimits({ ...expectation, dispersion: Math.max(one, other) });
			expect(wide[0]).toBeLessThanOrEqual(narrow[0]);
			expect(wide[1]).toBeGreaterThanOrEqual(narrow[1]);
			expect(wide[0]).toBeGreaterThanOrEqual(0);
			const expected = expectedVolume(expectation);
			expect(narrow[0]).toBeLessThanOrEqual(expected + 1e-9);
			expect(narrow[1]).toBeGreaterThanOrEqual(expected);
		})
	);
});

test('the nation is taken without the unit, now against the mean of its earlier years', () => {
	const nation = { now: 10_000, earlierTotal: 33_000 };
	expect(nationalRatio(nation, { now: 1_000, earlierTotal: 3_000 }, 3)).toBe(0.9);
	expect(expectedVolume({ earlierTotal: 3_000, years: 3, ratio: 0.9 })).toBe(900);
});

test('a unit that is alone in its register is scaled by nobody', () => {
	expect(nationalRatio({ now: 80, earlierTotal: 300 }, { now: 80, earlierTotal: 300 }, 3)).toBe(1);
});

test('a unit that falls with the nation is within, one that falls alone is low', () => {
	const earlier = [1000, 1020, 980];
	expect(volume({ observed: 917, earlier, ratio: 0.917 }).status).toBe('within');
	expect(volume({ observed: 917, earlier }).status).toBe('low');
	expect(volume({ observed: 1100, earlier }).status).toBe('high');
	expect(volume({ observed: 917, earlier }, 4).status).toBe('within');
	expect(volume({ observed: 0, earlier })).toMatchObject({ expected: 1000, difference: -1, status: 'low' });
});

test('nothing is said of a unit without earlier years, or with hardly a birth', () => {
	expect(volume({ observed: 50, earlier: [] })).toMatchObject({ expected: null, status: 'notApplicable' });
	expect(volume({ observed: 0, earlier: [4, 6] })).toMatchObject({
		expected: 5,
		limits: null,
		status: 'tooFew'
	});
	expect(() => expectedVolume({ earlierTotal: 0, years: 0 })).toThrow(RangeError);
});

test('overdispersion is the mean of squared scores, the most extreme tenth at each end drawn in', () => {
	// Expected 300 from three years: the score of a difference d is d / √(300 · 4/3) = d / 20.
	const unit = (difference: number) => ({ observed: 300 + difference, earlier: [300, 300, 300] });
	const differences = [40, -40, 40, -40, 40, -40, 40, -40, 40];
	expect(overdispersion([...differences, -40].map(unit))).toBeCloseTo(4, 12);
	expect(overdispersion([...differences, -300].map(unit))).toBeCloseTo(4, 12);
	expect(overdispersion([...differences, -300].map(unit), 0)).toBeCloseTo((9 * 4 + 225) / 10, 12);
});

test('overdispersion is at least 1, and 1 where it cannot be told', () => {
	const unit = { observed: 300, earlier: [300, 300, 300] };
	expect(overdispersion([unit, unit, unit])).toBe(1);
	expect(overdispersion([{ observed: 0, earlier: [300, 300, 300] }])).toBe(1);
	expect(overdispersion([{ observed: 60, earlier: [3, 3] }, { observed: 60, earlier: [] }, unit])).toBe(1);
});
