import { expect, test } from 'vitest';
import { formatPeriod, parsePeriod, year } from '#lib/period/period.ts';
import { nextFeedback, nextRound, roundOf, roundsHeldIn } from '#lib/period/round.ts';
import type { Round } from '#lib/period/round.ts';

const told = ({ period, heldIn, silent }: Round) =>
	`${heldIn} ${formatPeriod(period)}${silent ? ' silent' : ''}`;

test.for([
	['2026-01-15', '2026-03 2025'],
	['2026-03-31', '2026-03 2025'],
	['2026-04-01', '2026-05 2025 silent'],
	['2026-06-01', '2026-06 2026-Q1'],
	['2026-07-01', '2026-09 2026-01..2026-06'],
	['2026-11-23', '2026-12 2026-01..2026-09'],
	['2026-12-31', '2026-12 2026-01..2026-09']
] as const)('on %s the next round is %s', ([asOf, expected]) => {
	expect(told(nextRound(asOf))).toBe(expected);
});

test('units get no report of the silent round', () => {
	expect(told(nextFeedback('2026-04-01'))).toBe('2026-06 2026-Q1');
});

test('each cumulative period has its round, and other periods have none', () => {
	for (const round of roundsHeldIn(2026).filter(({ silent }) => !silent)) {
		expect(roundOf(round.period)).toEqual(round);
	}
	expect(roundOf(year(2026))?.heldIn).toBe('2027-03');
	for (const text of ['2026-Q2', '2026-01', '2026-01..2026-05', '2025-01..2026-06']) {
		expect(roundOf(parsePeriod(text) ?? year(2026)), text).toBeUndefined();
	}
});
