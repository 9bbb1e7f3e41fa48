import { expect, test } from 'vitest';
import { receiptDays, receiptDaysTable } from '#lib/charts/receipt-days.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';

const draw = (rows: { value: number; n: number }[]) =>
	chartSvg((place) => receiptDays(rows, { locale: 'sv', median: 8, ...place }), {
		label: 'Dagar',
		id: 'd',
		palette: paperPalette
	});
const late = paperPalette.attention;

test('only births that are late in every month are painted as late', () => {
	expect(draw([{ value: 31, n: 1 }])).not.toMatch(new RegExp(`height="[1-9][^>]*fill="${late}"`));
	expect(draw([{ value: 32, n: 1 }])).toContain(late);
});

test('the table counts every birth once, however late', () => {
	const rows = [
		{ value: 0, n: 3 },
		{ value: 7, n: 4 },
		{ value: 5000, n: 5 }
	];
	const counts = receiptDaysTable(rows, 'sv').rows.map(([, n]) => Number(n?.value));
	expect(counts.reduce((sum, n) => sum + n, 0)).toBe(12);
	expect(counts.slice(0, 2)).toEqual([3, 4]);
	expect(counts.at(-1)).toBe(5);
});
