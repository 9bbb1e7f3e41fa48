import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeDay } from '#lib/measures/stop-day.ts';
import { addDays } from '#lib/period/day.ts';

const days = (counts: readonly (readonly [applicable: number, recorded: number])[]) =>
	counts.map(([applicable, recorded], at) => ({ day: addDays('2026-03-01', at), applicable, recorded }));

test('the day from which nothing is recorded any more is named', () => {
	const counts = Array.from({ length: 60 }, (_, at) => [6, at < 42 ? 6 : 0] as const);
	expect(changeDay(days(counts))).toEqual({ day: '2026-04-12', from: '2026-04-12', to: '2026-04-12' });
});

test('where a day has no births the days around it are as likely', () => {
	const counts = Array.from({ length: 40 }, (_, at) => [at === 20 ? 0 : 3, at < 20 ? 3 : 0] as const);
	expect(changeDay(days(counts))?.day).toBe('2026-03-22');
});

test('a smaller drop is placed within a span of days', () => {
	const counts = Array.from({ length: 80 }, (_, at) => [10, at < 40 ? 9 : at % 2 ? 7 : 8] as const);
	const found = changeDay(days(counts));
	expect(found?.day).toBe('2026-04-10');
	expect((found?.from ?? '') <= '2026-04-10' && (found?.to ?? '') >= '2026-04-10').toBe(true);
	expect(found?.from).not.toBe(found?.to);
});

test.for([
	['no days', []],
	['days without births', [[0, 0] as const, [0, 0] as const]],
	['a share that only rises', [[9, 1] as const, [9, 5] as const, [9, 9] as const]],
	['a share that never moves', [[4, 2] as const, [4, 2] as const]]
] as const)('%s name no day', ([, counts]) => {
	expect(changeDay(days(counts))).toBeNull();
});

test('wherever it stops, the named day is that day', () => {
	fc.assert(
		fc.property(fc.integer({ min: 5, max: 85 }), fc.integer({ min: 1, max: 20 }), (stop, births) => {
			const counts = Array.from({ length: 90 }, (_, at) => [births, at < stop ? births : 0] as const);
			expect(changeDay(days(counts))?.day).toBe(addDays('2026-03-01', stop));
		})
	);
});
