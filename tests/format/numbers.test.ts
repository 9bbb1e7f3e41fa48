import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	formatChange,
	formatCount,
	formatNumber,
	formatPoints,
	formatShare,
	formatShareInterval,
	formatShareWithBase
} from '#lib/format/numbers.ts';

test('thousands have a narrow space in Swedish and a comma in English', () => {
	expect(formatCount(1132, 'sv')).toBe('1\u202f132');
	expect(formatCount(115_710, 'sv')).toBe('115\u202f710');
	expect(formatCount(1132, 'en')).toBe('1,132');
	expect(formatCount(0, 'sv')).toBe('0');
});

test('a share is per cent, with a space before the sign only in Swedish', () => {
	expect(formatShare(0.942, 'sv')).toBe('94,2\u00a0%');
	expect(formatShare(0.942, 'en')).toBe('94.2%');
	expect(formatShare(0.942, 'sv', 0)).toBe('94\u00a0%');
});

test('a share is 0 or 100 per cent only when it is', () => {
	expect(formatShare(0, 'sv')).toBe('0\u00a0%');
	expect(formatShare(1, 'en')).toBe('100%');
	expect(formatShare(0.0002, 'sv')).toBe('<0,1\u00a0%');
	expect(formatShare(0.9999, 'sv')).toBe('>99,9\u00a0%');
	expect(formatShare(0.9999, 'en')).toBe('>99.9%');
	expect(formatShare(0.996, 'sv', 0)).toBe('>99\u00a0%');
	expect(formatShare(1.0001, 'en')).toBe('>100%');
	fc.assert(
		fc.property(fc.nat({ max: 200_000 }), fc.constantFrom(0, 1, 2), (n, decimals) => {
			const written = [1, n + 1].map((k) => formatShare(k / (n + 2), 'en', decimals));
			for (const text of written) expect(text).not.toMatch(/^(0|100)(\.0+)?%$/);
		})
	);
});

test('coverage above 1 is written as it is', () => {
	expect(formatShare(115_710 / 115_363, 'sv')).toBe('100,3\u00a0%');
});

test('a share is written with what it is made of', () => {
	expect(formatShareWithBase(1132, 1202, 'sv')).toBe('94,2\u00a0% (1\u202f132\u00a0av\u00a01\u202f202)');
	expect(formatShareWithBase(1132, 1202, 'en')).toBe('94.2% (1,132\u00a0of\u00a01,202)');
	expect(() => formatShareWithBase(0, 0, 'sv')).toThrow('No denominator, no figure');
});

test('an interval has one percent sign', () => {
	expect(formatShareInterval([0.8506, 0.9343], 'sv')).toBe('85,1–93,4\u00a0%');
	expect(formatShareInterval([0.99912, 1], 'en')).toBe('99.9–100%');
});

test('points have a sign, and the minus is a real one', () => {
	expect(formatPoints(-0.281, 'sv')).toBe('−28,1');
	expect(formatPoints(-0.281, 'en')).toBe('−28.1');
	expect(formatPoints(0.05, 'sv')).toBe('+5,0');
	expect(formatPoints(0, 'sv')).toBe('0,0');
	expect(formatPoints(-0.0001, 'en')).toBe('0.0');
	expect(formatChange(-0.083, 'sv')).toBe('−8,3\u00a0%');
	expect(formatChange(0.083, 'en')).toBe('+8.3%');
});

test('a number has just the decimals asked for', () => {
	expect(formatNumber(3.456, 'sv')).toBe('3,5');
	expect(formatNumber(-1234.5, 'en', 2)).toBe('−1,234.50');
	expect(formatNumber(12, 'sv', 0)).toBe('12');
});

test('what is no number is a fault of the program', () => {
	expect(() => formatShare(Number.NaN, 'sv')).toThrow(RangeError);
	expect(() => formatShare(-0.1, 'sv')).toThrow('-0.1 is not a share');
	expect(() => formatCount(Infinity, 'sv')).toThrow(RangeError);
});
