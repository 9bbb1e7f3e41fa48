import { expect, test } from 'vitest';
import {
	formatBirthMonth,
	formatBirthMonthShort,
	formatDay,
	formatDayOfYear,
	formatDayShort,
	monthName,
	monthShortName,
	monthsName,
	monthsOfYearName,
	periodName
} from '#lib/format/days.ts';
import { parsePeriod, year } from '#lib/period/period.ts';

const months = Array.from({ length: 12 }, (_, index) => index + 1);
const period = (text: string) => parsePeriod(text) ?? year(1000);

test('days are written in the language of the reader', () => {
	expect(formatDay('2026-04-12', 'sv')).toBe('12 april 2026');
	expect(formatDay('2026-04-02', 'en')).toBe('2 April 2026');
	expect(formatDayShort('2026-04-12', 'sv')).toBe('12 apr');
	expect(formatDayShort('2026-04-12', 'en')).toBe('12 Apr');
	expect(formatDayOfYear('2027-01-31', 'sv')).toBe('31 januari');
});

test('months have long names and short ones without points', () => {
	expect(months.map((number) => monthShortName(number, 'sv')).join(' ')).toBe(
		'jan feb mars apr maj juni juli aug sep okt nov dec'
	);
	expect(months.map((number) => monthShortName(number, 'en')).join(' ')).toBe(
		'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'
	);
	expect(monthName(1, 'sv')).toBe('januari');
	expect(monthName(12, 'en')).toBe('December');
	expect(formatBirthMonth('2026-03', 'sv')).toBe('mars 2026');
	expect(formatBirthMonthShort('2026-09', 'en')).toBe('Sep 2026');
	expect(() => monthName(13, 'sv')).toThrow('No month has the number 13');
});

test.for([
	['2026', '2026', '2026'],
	['2026-Q2', 'kvartal 2 2026', 'Q2 2026'],
	['2026-03', 'mars 2026', 'March 2026'],
	['2026-01..2026-06', 'januari–juni 2026', 'January–June 2026'],
	['2022-01..2026-12', '2022–2026', '2022–2026'],
	['2025-10..2026-03', 'oktober 2025–mars 2026', 'October 2025–March 2026']
] as const)('the period %s is called "%s" and "%s"', ([text, swedish, english]) => {
	expect(periodName(period(text), 'sv')).toBe(swedish);
	expect(periodName(period(text), 'en')).toBe(english);
});

test('a quarter may be called by its months, as the feedback rounds are', () => {
	expect(monthsName(period('2026-Q1'), 'sv')).toBe('januari–mars 2026');
	expect(monthsOfYearName(period('2026-Q1'), 'en')).toBe('January–March');
	expect(monthsOfYearName(period('2026-05'), 'sv')).toBe('maj');
});
