import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, birthMonth } from '#lib/period/birth-month.ts';
import {
	earlierPeriod,
	formatPeriod,
	isYear,
	monthsOf,
	parsePeriod,
	quarterOf,
	samePeriod,
	yearToDate
} from '#lib/period/period.ts';

const periods = fc
	.tuple(
		fc.integer({ min: 1973, max: 2100 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 0, max: 40 })
	)
	.map(([year, month, more]) => {
		const from = birthMonth(year, month);
		return { from, to: addMonths(from, more) };
	});

test('parsePeriod() reads a year, a quarter, a month and a span', () => {
	expect(parsePeriod('2019')).toEqual({ from: '2019-01', to: '2019-12' });
	expect(parsePeriod('2019-Q2')).toEqual({ from: '2019-04', to: '2019-06' });
	expect(parsePeriod('2019-03')).toEqual({ from: '2019-03', to: '2019-03' });
	expect(parsePeriod('2019-01..2019-06')).toEqual({ from: '2019-01', to: '2019-06' });
});

test.for([
	'',
	'19',
	'2019-Q5',
	'2019-q2',
	'2019-13',
	'2019-06..2019-01',
	'2019..2020',
	'2019-01..',
	'..2019-01',
	'2019-01..2019-02..2019-03',
	' 2019',
	'2019-01-01'
])('parsePeriod() has no period for "%s"', (text) => {
	expect(parsePeriod(text)).toBeUndefined();
});

test('formatPeriod() gives the shortest text that is read back as the same period', () => {
	expect(formatPeriod({ from: '2019-01', to: '2019-12' })).toBe('2019');
	expect(formatPeriod({ from: '2019-10', to: '2019-12' })).toBe('2019-Q4');
	expect(formatPeriod({ from: '2019-03', to: '2019-03' })).toBe('2019-03');
	expect(formatPeriod({ from: '2019-02', to: '2019-04' })).toBe('2019-02..2019-04');
	expect(formatPeriod({ from: '2018-01', to: '2019-12' })).toBe('2018-01..2019-12');
	fc.assert(
		fc.property(periods, (period) => {
			expect(parsePeriod(formatPeriod(period))).toEqual(period);
		})
	);
});

test('monthsOf() runs from the first month to the last without a gap', () => {
	expect(monthsOf({ from: '2025-11', to: '2026-02' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
	fc.assert(
		fc.property(periods, (period) => {
			const months = monthsOf(period);
			expect([months[0], months.at(-1)]).toEqual([period.from, period.to]);
			months.slice(1).forEach((month, at) => expect(month).toBe(addMonths(months[at] ?? '', 1)));
		})
	);
});

test('the year to date goes to the month of the day', () => {
	expect(formatPeriod(yearToDate('2026-11-23'))).toBe('2026-01..2026-11');
	expect(formatPeriod(yearToDate('2026-01-01'))).toBe('2026-01');
	expect(formatPeriod(yearToDate('2026-12-31'))).toBe('2026');
});

test('earlierPeriod() keeps the months and moves the years', () => {
	expect(earlierPeriod({ from: '2025-11', to: '2026-02' }, 3)).toEqual({ from: '2022-11', to: '2023-02' });
});

test('a period knows whether it is a year or a quarter', () => {
	expect(isYear({ from: '2019-01', to: '2019-12' })).toBe(true);
	expect(isYear({ from: '2018-01', to: '2019-12' })).toBe(false);
	expect(quarterOf({ from: '2019-07', to: '2019-09' })).toBe(3);
	expect(quarterOf({ from: '2019-06', to: '2019-08' })).toBeUndefined();
	expect(quarterOf({ from: '2019-07', to: '2020-09' })).toBeUndefined();
	expect(samePeriod({ from: '2019-07', to: '2019-09' }, { from: '2019-07', to: '2019-09' })).toBe(true);
	expect(samePeriod({ from: '2019-07', to: '2019-09' }, { from: '2019-07', to: '2019-10' })).toBe(false);
});
