import { expect, test } from 'vitest';
import { sparkline, sparkSize } from '#lib/components/sparkline.ts';

test('a quarter without data is a gap in the line, not a zero', () => {
	const { path } = sparkline([1, 1, null, 1, 1]);
	expect(path.match(/M/g)).toHaveLength(2);
	expect(path).not.toContain(String(sparkSize.height - sparkSize.inset));
});

test('a share alone between gaps can still be seen', () => {
	expect(sparkline([null, 0.5, null]).path).toMatch(/^M[\d.]+ [\d.]+h1$/);
});

test('the end point is the last share there is, and nowhere without data', () => {
	expect(sparkline([0, 1, null]).end).toEqual({ x: sparkSize.width / 2, y: sparkSize.inset });
	expect(sparkline([null, null])).toEqual({ path: '', end: null });
});

test('a share above the top is drawn at the top', () => {
	expect(sparkline([0.4], 0.2).end?.y).toBe(sparkSize.inset);
});
