import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	birthMonthOf,
	daysBetween,
	firstDay,
	isDay,
	lastDay,
	monthsLater,
	parseDay
} from '#lib/period/day.ts';

const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays('1973-01-01', count));

test('parseDay() takes only days that the calendar has', () => {
	expect(parseDay('2024-02-29')).toBe('2024-02-29');
	for (const text of ['2023-02-29', '2026-04-31', '2026-04-00', '2026-4-1', '2026-04', '2026-04-01T00:00']) {
		expect(parseDay(text), text).toBeUndefined();
	}
});

test('a month has its first day and its last', () => {
	expect(firstDay('2026-02')).toBe('2026-02-01');
	expect(lastDay('2026-02')).toBe('2026-02-28');
	expect(lastDay('2024-02')).toBe('2024-02-29');
	expect(lastDay('1900-02')).toBe('1900-02-28');
	expect(lastDay('2026-12')).toBe('2026-12-31');
});

test('addDays() and daysBetween() undo each other, also where the clocks change', () => {
	fc.assert(
		fc.property(days, fc.integer({ min: -10_000, max: 10_000 }), (day, count) => {
			const other = addDays(day, count);
			expect(isDay(other)).toBe(true);
			expect(daysBetween(day, other)).toBe(count);
		})
	);
	expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
});

test('monthsLater() keeps the day of the month where the month has it', () => {
	expect(monthsLater('2026-01-31', 1)).toBe('2026-02-28');
	expect(monthsLater('2024-01-31', 1)).toBe('2024-02-29');
	expect(monthsLater('2026-12-15', 1)).toBe('2027-01-15');
	expect(monthsLater('2024-02-29', -12)).toBe('2023-02-28');
});

test('a day lies in its month, and a text that is no day is a fault of the program', () => {
	expect(birthMonthOf('2026-11-23')).toBe('2026-11');
	expect(() => birthMonthOf('2026-02-30')).toThrow('"2026-02-30" is not a day');
});
