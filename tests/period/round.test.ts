import fc from 'fast-check';
import { expect, test } from 'vitest';
import { birthMonth, monthNumber } from '#lib/period/birth-month.ts';
import { isDue, isFinal } from '#lib/period/calendar.ts';
import { formatPeriod, monthsOf, parsePeriod, year } from '#lib/period/period.ts';
import { isFeedback, nextCounting, nextFeedback, roundOf, roundsHeldIn } from '#lib/period/round.ts';
import type { Round } from '#lib/period/round.ts';

const told = ({ period, cutOff, sentOn }: Round) => `${formatPeriod(period)} ${cutOff} ${sentOn ?? 'silent'}`;

const years = Array.from({ length: 51 }, (_, at) => 1990 + at);

test('the five rounds of a year, each with its period, its cut-off and the day on which it is sent', () => {
	expect(roundsHeldIn(2026).map(told)).toEqual([
		'2025 2026-03-01 2026-03-11',
		'2025 2026-05-02 silent',
		'2026-Q1 2026-06-01 2026-06-10',
		'2026-01..2026-06 2026-09-01 2026-09-09',
		'2026-01..2026-09 2026-12-01 2026-12-09'
	]);
});

test.for([
	['2026-02-28', '2025 2026-03-01 2026-03-11'],
	['2026-03-01', '2026-Q1 2026-06-01 2026-06-10'],
	['2026-05-02', '2026-Q1 2026-06-01 2026-06-10'],
	['2026-12-01', '2026 2027-03-01 2027-03-10']
] as const)('what is received after %s counts in the feedback %s', ([asOf, expected]) => {
	expect(told(nextCounting(asOf))).toBe(expected);
});

test.for([
	['2026-03-12', '2026-Q1 2026-06-01 2026-06-10'],
	['2026-11-23', '2026-01..2026-09 2026-12-01 2026-12-09'],
	['2026-12-09', '2026-01..2026-09 2026-12-01 2026-12-09'],
	['2026-12-10', '2026 2027-03-01 2027-03-10']
] as const)('on %s the next feedback to be sent is %s: none of the silent round', ([asOf, expected]) => {
	expect(told(nextFeedback(asOf))).toBe(expected);
});

test('each cumulative period has its round, and other periods have none', () => {
	for (const round of roundsHeldIn(2026).filter(isFeedback)) expect(roundOf(round.period)).toEqual(round);
	expect(roundOf(year(2026))?.heldIn).toBe('2027-03');
	for (const text of ['2026-Q2', '2026-01', '2026-01..2026-05', '2025-01..2026-06']) {
		expect(roundOf(parsePeriod(text) ?? year(2026)), text).toBeUndefined();
	}
});

test('rounds come one after another, and each is sent before the next one is cut off', () => {
	const rounds = years.flatMap(roundsHeldIn);
	for (const [at, round] of rounds.entries()) {
		expect(round.cutOff.slice(0, 7)).toBe(round.heldIn);
		if (round.sentOn) expect(round.cutOff < round.sentOn, told(round)).toBe(true);
		const next = rounds[at + 1];
		if (next) expect((round.sentOn ?? round.cutOff) < next.cutOff, told(next)).toBe(true);
	}
});

test('feedback is sent on a Wednesday from the 8th to the 14th', () => {
	for (const { sentOn } of years.flatMap(roundsHeldIn).filter(isFeedback)) {
		expect(new Date(sentOn).getUTCDay(), sentOn).toBe(3);
		expect(Number(sentOn.slice(8))).toBeGreaterThanOrEqual(8);
		expect(Number(sentOn.slice(8))).toBeLessThanOrEqual(14);
	}
});

test('at the cut-off of a feedback every birth of its period has been due, and of the silent one all is final', () => {
	for (const round of years.flatMap(roundsHeldIn)) {
		expect(isDue(round.period.to, round.cutOff), told(round)).toBe(true);
		expect(isFinal(round.period, round.cutOff), told(round)).toBe(!isFeedback(round));
	}
});

test('each month of each year is looked at by the rounds from the one after its quarter to the silent one', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1990, max: 2040 }), fc.integer({ min: 1, max: 12 }), (number, month) => {
			const looking = [...roundsHeldIn(number), ...roundsHeldIn(number + 1)].filter(({ period }) =>
				monthsOf(period).includes(birthMonth(number, month))
			);
			const quarters = [6, 9, 12].slice(Math.floor((month - 1) / 3));
			expect(looking.map(({ heldIn }) => monthNumber(heldIn))).toEqual([...quarters, 3, 5]);
			expect(looking.map(isFeedback)).toEqual([...quarters.map(() => true), true, false]);
		})
	);
});
