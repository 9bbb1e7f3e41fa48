import { expect, test } from 'vitest';
import { limitsText } from '#lib/format/limit-text.ts';

test('numbers are written as a range with their unit of measurement', () => {
	expect(limitsText([100, 9000], 'g', 'sv')).toBe('100–9\u202f000\u00a0g');
	expect(limitsText([6.5, 7.7], undefined, 'sv')).toBe('6,5–7,7');
	expect(limitsText([6.5, 7.7], undefined, 'en')).toBe('6.5–7.7');
});

test('days are said by the birth and the receipt', () => {
	expect(limitsText(['birth-300d', 'birth'], undefined, 'sv')).toBe(
		'från 300 dagar före födelsedagen till födelsedagen'
	);
	expect(limitsText(['1973-01-01', 'received+1d'], undefined, 'en')).toBe(
		'from 1 January 1973 to one day after the day the file came in'
	);
});
