import { expect, test } from 'vitest';
import { unbroken } from '#lib/format/unbroken.ts';

test('a range and a part of a whole do not break over two lines, in either language', () => {
	expect(unbroken('inom det väntade (1 692–1 927)')).toBe('inom det väntade (1 692–\u20601 927)');
	expect(unbroken('92,7–>99,9 %')).toBe('92,7–\u2060>99,9 %');
	expect(unbroken('12 av 45 enheter')).toBe('12\u00a0av\u00a045 enheter');
	expect(unbroken('12 of 45 units')).toBe('12\u00a0of\u00a045 units');
});

test('months and words break as they did', () => {
	const sentence = 'för januari–juni 2026, av dem 3 – som förut – av året';
	expect(unbroken(sentence)).toBe(sentence);
});
