import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDates, periodOf } from '#lib/period/calendar-dates.ts';
import { isDue } from '#lib/period/calendar.ts';
import { addDays, lastDay } from '#lib/period/day.ts';
import { formatPeriod, monthsOf } from '#lib/period/period.ts';
import type { CalendarDate } from '#lib/period/calendar-dates.ts';

const told = (date: CalendarDate) => `${date.day} ${date.kind} ${formatPeriod(periodOf(date))}`;

test('the calendar of a year, in the order of its days', () => {
	const months = (date: CalendarDate) => 'month' in date;
	const year = calendarDates('2026-01-01', '2026-12-31');
	expect(year.filter((date) => !months(date)).map(told)).toEqual([
		'2026-01-31 lastBirths 2025',
		'2026-03-01 cutOff 2025',
		'2026-03-11 feedback 2025',
		'2026-05-01 lastSupplements 2025',
		'2026-05-02 closing 2025',
		'2026-06-01 cutOff 2026-Q1',
		'2026-06-10 feedback 2026-Q1',
		'2026-09-01 cutOff 2026-01..2026-06',
		'2026-09-09 feedback 2026-01..2026-06',
		'2026-12-01 cutOff 2026-01..2026-09',
		'2026-12-09 feedback 2026-01..2026-09'
	]);
	expect(year.filter(months).slice(0, 5).map(told)).toEqual([
		'2026-01-31 monthDue 2025-12',
		'2026-01-31 monthEnd 2026-01',
		'2026-02-28 monthDue 2026-01',
		'2026-02-28 monthEnd 2026-02',
		'2026-03-28 monthDue 2026-02'
	]);
});

test('every month from 1990 to 2040 ends once, and is due once, on the first day that isDue() says so', () => {
	const dates = calendarDates('1990-01-01', '2041-01-31');
	for (const month of monthsOf({ from: '1990-01', to: '2040-12' })) {
		const days = (kind: CalendarDate['kind']) =>
			dates.filter((date) => date.kind === kind && 'month' in date && date.month === month);
		expect(days('monthEnd').map(({ day }) => day)).toEqual([lastDay(month)]);
		const [due, ...more] = days('monthDue').map(({ day }) => day);
		expect(more).toEqual([]);
		expect(isDue(month, due ?? '')).toBe(true);
		expect(isDue(month, addDays(due ?? '', -1))).toBe(false);
	}
});

const someDay = fc.integer({ min: 0, max: 51 * 365 }).map((count) => addDays('1990-01-01', count));

test('a part of the calendar is what the whole has between its days, both included', () => {
	const whole = calendarDates('1989-01-01', '2044-12-31');
	fc.assert(
		fc.property(someDay, fc.integer({ min: 0, max: 900 }), (from, length) => {
			const to = addDays(from, length);
			expect(calendarDates(from, to)).toEqual(whole.filter(({ day }) => day >= from && day <= to));
		})
	);
});
