import { expect, test } from 'vitest';
import { change } from '#lib/measures/change.ts';
import { figure } from '#lib/measures/figure.ts';

const share = (nRecorded: number, nApplicable: number) => figure('completeness', { nRecorded, nApplicable });

test('a drop of 28 points among many births is practical and statistical', () => {
	const found = change(share(690, 1000), share(970, 1000));
	expect(found?.difference).toBeCloseTo(-0.28, 12);
	expect(found).toMatchObject({ practical: true, statistical: true });
	expect(found?.interval[1]).toBeLessThan(-0.05);
});

test('a small change among very many births is statistical but not practical', () => {
	expect(change(share(96_000, 100_000), share(97_000, 100_000))).toMatchObject({
		practical: false,
		statistical: true
	});
});

test('a large change among few births may be chance', () => {
	expect(change(share(17, 20), share(19, 20))).toMatchObject({ practical: true, statistical: false });
});

test('five points are practical, though 0.95 − 0.90 is a hair less in binary numbers', () => {
	expect(change(share(95, 100), share(90, 100))?.practical).toBe(true);
	expect(change(share(949, 1000), share(900, 1000))?.practical).toBe(false);
});

test('without two shares there is no change, and measures are not mixed', () => {
	expect(change(share(5, 5), share(95, 100))).toBeNull();
	expect(change(share(95, 100), share(0, 0))).toBeNull();
	expect(() => change(share(95, 100), figure('unknown', { nUnknown: 5, nApplicable: 100 }))).toThrow(
		RangeError
	);
});
