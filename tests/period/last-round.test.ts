import { expect, test } from 'vitest';
import { lastRound } from '#lib/period/last-round.ts';

const view = (from: string, to: string, asOf: string) =>
	({ period: { from, to }, asOf, years: 3, basis: 'sameDay' }) as const;
const said = (from: string, to: string, asOf: string) => {
	const round = lastRound(view(from, to, asOf));
	return round && `${round.period.from}–${round.period.to} ${round.asOf}`;
};

test.for([
	['2026-01', '2026-09', '2026-11-23', '2026-01–2026-06 2026-09-01'],
	['2026-01', '2026-06', '2026-09-10', '2026-01–2026-03 2026-06-01'],
	['2026-01', '2026-03', '2026-06-03', '2025-01–2025-12 2026-03-01'],
	['2025-01', '2025-12', '2026-03-05', '2025-01–2025-09 2025-12-01']
] as const)('%s–%s on %s follows %s', ([from, to, asOf, expected]) => {
	expect(said(from, to, asOf)).toBe(expected);
});

test('another period is held against itself three months before, as far as it was due', () => {
	expect(said('2026-01', '2026-08', '2026-11-23')).toBe('2026-01–2026-06 2026-08-23');
	expect(said('2026-08', '2026-08', '2026-10-02')).toBeUndefined();
});

test('a view from before the last feedback is held against three months before', () => {
	expect(said('2026-01', '2026-09', '2026-08-15')).toBe('2026-01–2026-03 2026-05-15');
});
