import { expect, test } from 'vitest';
import { xmr } from '#lib/measures/xmr.ts';

const told = (values: (number | null)[]) =>
	xmr(values)?.signals.map(({ rule, side, points }) => `${rule} ${side} ${points.join(',')}`);

test('95, 96, 94, 97, 95, 96, 95 has the limits 90.995–99.862 and no signal', () => {
	const found = xmr([95, 96, 94, 97, 95, 96, 95]);
	expect(found?.limits[0]).toBeCloseTo(90.995, 3);
	expect(found?.limits[1]).toBeCloseTo(99.862, 3);
	expect(found?.signals).toEqual([]);
});

test('a moving range out of the ordinary does not widen the limits', () => {
	const values = [95, 96, 95, 96, 95, 96, 95, 96, 95, 60];
	const found = xmr(values);
	expect(found?.movingRange).toBe(1);
	expect(told(values)).toContain('outside below 9');
});

test('seven points on one side of the mean are a signal, six are none', () => {
	const swing = [1, 3, 1, 3, 1, 3, 1];
	expect(told([...swing.map((value) => value + 4), ...swing])).toEqual(
		expect.arrayContaining(['oneSide above 0,1,2,3,4,5,6', 'oneSide below 7,8,9,10,11,12,13'])
	);
	const six = swing.slice(0, 6);
	expect(
		told([...six.map((value) => value + 4), ...six])?.filter((text) => text.startsWith('oneSide'))
	).toEqual([]);
});

test('seven points that rise or fall are a signal, six are none', () => {
	expect(told([5, 1, 2, 3, 4, 5, 6, 7, 2])).toContain('trend above 1,2,3,4,5,6,7');
	expect(told([3, 7, 6, 5, 4, 3, 2, 1, 6])).toContain('trend below 1,2,3,4,5,6,7');
	expect(told([5, 1, 2, 3, 4, 5, 6, 2])?.filter((text) => text.startsWith('trend'))).toEqual([]);
});

test('two of three points in the outer third are a signal', () => {
	// Mean 10, mean moving range 2.5: the outer third is above 10 + 2/3 · 6.65 = 14.43.
	const calm = [10, 8, 10, 8, 10, 8, 10, 8, 10, 8];
	expect(told([...calm, 15, 13, 15, 9])?.filter((text) => text.startsWith('outerThird'))).toEqual([
		'outerThird above 10,12'
	]);
	expect(told([...calm, 15, 10, 9, 15])?.filter((text) => text.startsWith('outerThird'))).toEqual([]);
});

test('a gap is no value, and points keep their own numbers', () => {
	const found = xmr([95, null, 96, 94, null, 97, 95, 96, 95]);
	expect(found?.limits).toEqual(xmr([95, 96, 94, 97, 95, 96, 95])?.limits);
	expect(told([5, 1, 2, null, 3, 4, 5, 6, 7, 2])).toContain('trend above 1,2,4,5,6,7,8');
});

test('values that never vary have their mean as limits and break no rule', () => {
	expect(xmr([4, 4, 4, 4, 4, 4, 4, 4])).toMatchObject({ limits: [4, 4], signals: [] });
});

test('a single value has no chart', () => {
	expect(xmr([1, null])).toBeUndefined();
});
