import { expect, test } from 'vitest';
import {
	asTheyEnded,
	asTheyStood,
	sameDayEarlier,
	sameMonthsOfEarlierYears
} from '#lib/period/comparison.ts';

const spring = { from: '2026-01', to: '2026-06' };

test('the same months of earlier years come nearest first', () => {
	expect(sameMonthsOfEarlierYears(spring, 3)).toEqual([
		{ from: '2025-01', to: '2025-06' },
		{ from: '2024-01', to: '2024-06' },
		{ from: '2023-01', to: '2023-06' }
	]);
});

test('the same day of a year without 29 February is 28 February', () => {
	expect(sameDayEarlier('2024-02-29', 1)).toBe('2023-02-28');
	expect(sameDayEarlier('2024-02-29', 4)).toBe('2020-02-29');
	expect(sameDayEarlier('2026-11-23', 2)).toBe('2024-11-23');
});

test('earlier years are seen as they stood on the same day, or as they have ended', () => {
	expect(asTheyStood(spring, '2026-07-15', 2)).toEqual([
		{ period: { from: '2025-01', to: '2025-06' }, asOf: '2025-07-15' },
		{ period: { from: '2024-01', to: '2024-06' }, asOf: '2024-07-15' }
	]);
	expect(asTheyEnded(spring, '2026-07-15', 2).map(({ asOf }) => asOf)).toEqual(['2026-07-15', '2026-07-15']);
});
