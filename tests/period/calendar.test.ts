import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/period/day.ts';
import { dueDate, duePart, isDue, isFinal, mendBy } from '#lib/period/calendar.ts';
import { monthsOf, year } from '#lib/period/period.ts';

test('a birth is due one calendar month later', () => {
	expect(dueDate('2026-04-12')).toBe('2026-05-12');
	expect(dueDate('2026-01-31')).toBe('2026-02-28');
	expect(dueDate('2024-01-31')).toBe('2024-02-29');
	expect(dueDate('2026-12-31')).toBe('2027-01-31');
});

test('a month is due when its last births are', () => {
	expect(isDue('2026-10', '2026-11-29')).toBe(false);
	expect(isDue('2026-10', '2026-11-30')).toBe(true);
	expect(isDue('2026-01', '2026-02-27')).toBe(false);
	expect(isDue('2026-01', '2026-02-28')).toBe(true);
});

test('a period is judged only as far as it is due', () => {
	expect(duePart({ from: '2026-01', to: '2026-11' }, '2026-11-23')).toEqual({
		from: '2026-01',
		to: '2026-09'
	});
	expect(duePart({ from: '2026-11', to: '2026-11' }, '2026-11-23')).toBeUndefined();
	expect(duePart(year(2025), '2026-11-23')).toEqual(year(2025));
});

test('the due part of a year only grows as days pass, and each of its months is due', () => {
	const days = fc.integer({ min: 0, max: 500 }).map((count) => addDays('2026-01-01', count));
	fc.assert(
		fc.property(days, (asOf) => {
			const part = duePart(year(2026), asOf);
			const due = part === undefined ? [] : monthsOf(part);
			expect(due).toEqual(monthsOf(year(2026)).filter((month) => isDue(month, asOf)));
			const later = duePart(year(2026), addDays(asOf, 1));
			expect(later === undefined ? 0 : monthsOf(later).length).toBeGreaterThanOrEqual(due.length);
		})
	);
});

test('births count until 31 January and single variables until 1 May of the next year', () => {
	expect(mendBy({ from: '2026-01', to: '2026-06' })).toEqual({
		births: '2027-01-31',
		variables: '2027-05-01'
	});
	expect(isFinal(year(2025), '2026-05-01')).toBe(false);
	expect(isFinal(year(2025), '2026-05-02')).toBe(true);
});
