import { expect, test } from 'vitest';
import { sparkline, sparklineSvg, stripCell, stripCellSvg } from '#lib/charts/sparkline.ts';

const size = { width: 60, height: 10 };

test('a gap breaks a sparkline, and a point alone stands alone', () => {
	expect(sparkline([0.9, 0.9, null, 0.9, null, 0.9, 0.9], size).parts.map((part) => part.length)).toEqual([
		2, 1, 2
	]);
});

test('the last point is marked only where the end is known', () => {
	expect(sparkline([0.9, 0.8], size).last).not.toBeNull();
	expect(sparkline([0.9, null], size).last).toBeNull();
	expect(sparkline([], size)).toEqual({ parts: [], last: null });
});

test('a change of a tenth of a point looks like none', () => {
	const [line] = sparkline([0.99, 0.991], size).parts;
	expect(Math.abs((line?.[0]?.[1] ?? 0) - (line?.[1]?.[1] ?? 9))).toBeLessThan(0.1);
});

test('every point lies in the box, also of shares that are all 0', () => {
	for (const fromZero of [true, false])
		for (const [x, y] of sparkline([0, 0, 1, 0.3, 0], { ...size, fromZero }).parts.flat()) {
			expect(x).toBeGreaterThanOrEqual(0);
			expect(x).toBeLessThanOrEqual(size.width);
			expect(y).toBeGreaterThanOrEqual(0);
			expect(y).toBeLessThanOrEqual(size.height);
		}
	expect(sparklineSvg([0, 0, 0], { ...size, fromZero: true })).not.toContain('NaN');
});

test('a strip holds the own share also where it lies outside all others', () => {
	const cell = stripCell([0.9, 0.95, 0.97, 0.98, 1], 0.2, 100);
	expect(cell?.own).toBeLessThan(cell?.whole[0] ?? 0);
	expect(cell?.own).toBeGreaterThan(0);
});

test('a strip without quartiles is drawn from the least to the greatest share alone', () => {
	const cell = stripCell([0.5, null, null, null, 1], 0.75, 100);
	expect(cell).toMatchObject({ middle: null, median: null });
	expect(cell?.own).toBe(50);
	expect(
		stripCellSvg([0.5, null, null, null, 1], 0.75, { width: 100, height: 10 }).match(/<path/g)
	).toHaveLength(1);
});

test('without other units there is no strip, and with equal ones no division by nothing', () => {
	expect(stripCell([], 0.5, 100)).toBeNull();
	expect(stripCellSvg([0, 0, 0, 0, 0], 0, { width: 100, height: 10 })).not.toContain('NaN');
});
