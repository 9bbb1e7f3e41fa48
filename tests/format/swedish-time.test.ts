import { expect, test } from 'vitest';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { waitText } from '#lib/format/wait-text.ts';

test('a moment is told in Swedish local time, in winter and in summer', () => {
	expect(swedishTime(Date.UTC(2026, 0, 31, 23, 30, 5))).toBe('2026-02-01 00:30:05');
	expect(swedishTime(Date.UTC(2026, 6, 1, 21, 59))).toBe('2026-07-01 23:59:00');
});

test('a wait is told in seconds, then in whole minutes upwards', () => {
	expect([0, 1, 40, 89, 90, 121].map((seconds) => waitText(seconds, 'sv'))).toEqual([
		'en sekund',
		'en sekund',
		'40 sekunder',
		'89 sekunder',
		'2 minuter',
		'3 minuter'
	]);
	expect(waitText(1, 'en')).toBe('one second');
});
