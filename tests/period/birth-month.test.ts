import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addMonths,
	birthMonth,
	compareBirthMonths,
	monthsBetween,
	parseBirthMonth,
	yearOf
} from '#lib/period/birth-month.ts';

const months = fc
	.tuple(fc.integer({ min: 1973, max: 2100 }), fc.integer({ min: 1, max: 12 }))
	.map(([year, month]) => birthMonth(year, month));

test('parseBirthMonth() takes YYYY-MM and nothing else', () => {
	expect(parseBirthMonth('2026-04')).toBe('2026-04');
	for (const text of ['2026-13', '2026-00', '2026-4', '2026', '2026-04-01', ' 2026-04', '0999-04', '']) {
		expect(parseBirthMonth(text), text).toBeUndefined();
	}
});

test('addMonths() crosses the turn of the year both ways', () => {
	expect(addMonths('2026-11', 3)).toBe('2027-02');
	expect(addMonths('2026-02', -3)).toBe('2025-11');
	expect(addMonths('2026-01', -12)).toBe('2025-01');
});

test('addMonths() and monthsBetween() undo each other', () => {
	fc.assert(
		fc.property(months, fc.integer({ min: -600, max: 600 }), (month, count) => {
			expect(monthsBetween(month, addMonths(month, count))).toBe(count);
			expect(addMonths(addMonths(month, count), -count)).toBe(month);
		})
	);
});

test('birth months sort in time order', () => {
	expect(['2026-02', '2025-12', '2026-01'].toSorted(compareBirthMonths)).toEqual([
		'2025-12',
		'2026-01',
		'2026-02'
	]);
});

test('a text that is no birth month is a fault of the program, and is named', () => {
	expect(() => yearOf('2026-4')).toThrow('"2026-4" is not a birth month');
	expect(() => birthMonth(2026, 13)).toThrow(RangeError);
});
