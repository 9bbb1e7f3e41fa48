import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCounts, nothing, pool } from '#lib/measures/counts.ts';
import { completeness } from '#lib/measures/figure.ts';
import type { Counts } from '#lib/measures/counts.ts';

const count = fc.nat({ max: 100_000 });
const cells = fc
	.tuple(count, count, count, count, count)
	.map(([recorded, unknown, blank, invalid, odd]): Counts => ({
		nApplicable: recorded + unknown + blank + invalid,
		nRecorded: recorded,
		nUnknown: unknown,
		nBlank: blank,
		nInvalid: invalid,
		nImplausible: Math.min(odd, recorded)
	}));

test('pooling adds, in any grouping and order, and nothing changes nothing', () => {
	fc.assert(
		fc.property(cells, cells, cells, (a, b, c) => {
			expect(pool([pool([a, b]), c])).toEqual(pool([a, pool([b, c])]));
			expect(pool([a, b])).toEqual(pool([b, a]));
			expect(pool([a, nothing])).toEqual(a);
			expect(pool([a, b, c]).nRecorded).toBe(a.nRecorded + b.nRecorded + c.nRecorded);
			expect(checkCounts(pool([a, b, c]))).toBeTruthy();
		})
	);
	expect(pool([])).toEqual(nothing);
});

test('the completeness of pooled cells weighs units by births', () => {
	const small = { ...nothing, nApplicable: 10, nRecorded: 9, nBlank: 1 };
	const large = { ...nothing, nApplicable: 90, nRecorded: 45, nBlank: 45 };
	expect(completeness(pool([small, large])).share).toBe(0.54);
});

test('counts that do not add up are a fault of the program', () => {
	expect(() => checkCounts({ ...nothing, nApplicable: 3, nRecorded: 2 })).toThrow('are 2 of 3 applicable');
	expect(() => checkCounts({ ...nothing, nApplicable: 1, nRecorded: 1, nImplausible: 2 })).toThrow(
		'2 implausible of only 1 recorded'
	);
	expect(() => checkCounts({ ...nothing, nApplicable: -1, nRecorded: -1 })).toThrow('nApplicable is -1');
	expect(() => checkCounts({ ...nothing, nApplicable: 0.5, nRecorded: 0.5 })).toThrow(RangeError);
});
