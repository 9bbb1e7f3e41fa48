import { expect, test } from 'vitest';
import { FormatFault, formats, written } from '#lib/notebook/formats.ts';
import type { Cell } from '#lib/notebook/table.ts';

test.for<[format: string, argument: string, value: Cell, sv: string, en: string]>([
	['text', '', 'BB Stockholm', 'BB Stockholm', 'BB Stockholm'],
	['count', '', 12345, '12\u202f345', '12,345'],
	['number', '2', 3.14159, '3,14', '3.14'],
	['share', '', 0.9424, '94,2\u00a0%', '94.2%'],
	['share', '0', 0.9424, '94\u00a0%', '94%'],
	['points', '', -0.281, '−28,1', '−28.1'],
	['change', '', 0.052, '+5,2\u00a0%', '+5.2%'],
	['interval', '', [0.85, 0.934], '85,0–93,4\u00a0%', '85.0–93.4%'],
	['per_mille', '', 0.00342, '3,4\u00a0‰', '3.4\u00a0‰'],
	['yes_no', '', true, 'ja', 'yes'],
	['words', '', 3, 'tre', 'three'],
	['words', '', 13, '13', '13'],
	['year', '', 2026, '2026', '2026'],
	['day', '', '2026-11-23', '23 november 2026', '23 November 2026'],
	['day_of_year', '', '2026-11-23', '23 november', '23 November'],
	['month', '', '2026-04-01', 'april 2026', 'April 2026'],
	['period', '', '2026-Q2', 'kvartal 2 2026', 'Q2 2026'],
	['months', '', '2026-01..2026-09', 'januari–september 2026', 'January–September 2026'],
	['months_of_year', '', '2026-01..2026-09', 'januari–september', 'January–September']
])('%s %s writes %s', ([format, argument, value, sv, en]) => {
	expect(written(value, format, argument, 'sv')).toBe(sv);
	expect(written(value, format, argument, 'en')).toBe(en);
});

test('every format writes a dash for nothing, and refuses what it is not for', () => {
	for (const format of Object.keys(formats)) {
		expect(written(null, format, '', 'sv')).toBe('–');
		expect(() => written([], format, '', 'sv')).toThrow(FormatFault);
	}
});

test('a number of decimals is a digit', () => {
	expect(() => written(1, 'share', 'many', 'sv')).toThrow(FormatFault);
});

test.for<[format: string, value: number | string]>([
	['share', -0.1],
	['count', NaN],
	['number', Infinity],
	['month', '2026-13-01'],
	['day', '2026-00-01']
])('%s refuses %s, which cannot be written', ([format, value]) => {
	expect(() => written(value, format, '', 'sv')).toThrow(FormatFault);
});
