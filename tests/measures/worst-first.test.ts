import { expect, test } from 'vitest';
import { change } from '#lib/measures/change.ts';
import { completeness } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { fallFirst, lostShare, worstFirst } from '#lib/measures/worst-first.ts';

const share = (nRecorded: number, nApplicable = 1000) =>
	completeness({ ...nothing, nRecorded, nApplicable, nBlank: nApplicable - nRecorded });
const placed = (id: string, target: number | null, now: number, before: number) => ({
	id,
	target,
	figure: share(now),
	earlier: share(before)
});

test('what lacks most to its target stands first, whatever its share', () => {
	const rows = [
		placed('fine', 0.95, 960, 960),
		placed('low without a duty', null, 400, 400),
		placed('fallen', 0.98, 700, 990),
		placed('a little short', 0.95, 940, 940)
	];
	expect(rows.toSorted(worstFirst).map((row) => row.id)).toEqual([
		'fallen',
		'a little short',
		'low without a duty',
		'fine'
	]);
});

test('what has fallen since last year stands before what has always been low', () => {
	const [low, fallen] = [placed('always low', 0.95, 500, 510), placed('fallen', 0.95, 800, 980)];
	const rows = [low, fallen].map((row) => ({ ...row, change: change(row.figure, row.earlier) }));
	expect(rows.toSorted(worstFirst).map((row) => row.id)).toEqual(['fallen', 'always low']);
});

test('a variable without a target has lost what it had last year', () => {
	expect(lostShare(placed('', null, 400, 900))).toBeCloseTo(0.5);
	expect(lostShare(placed('', null, 900, 400))).toBe(0);
});

test('a variable without a share stands last', () => {
	const none = { id: 'none', target: 0.95, figure: share(0, 0), earlier: share(0, 0) };
	expect([none, placed('fine', 0.95, 990, 990)].toSorted(worstFirst).at(-1)?.id).toBe('none');
});

test('the greatest fall stands first and what cannot be compared last', () => {
	const rows = [{ change: null }, { change: { difference: 0.1 } }, { change: { difference: -0.2 } }];
	expect(rows.toSorted(fallFirst).map((row) => row.change?.difference)).toEqual([-0.2, 0.1, undefined]);
});
