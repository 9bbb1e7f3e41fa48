import { expect, test } from 'vitest';
import { bandOf, volumeBand, volumeBandTable } from '#lib/charts/volume-band.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { volumeRows } from './sample-rows.ts';

const draw = (rows = volumeRows()) =>
	chartSvg((place) => volumeBand(rows, { locale: 'sv', ...place }), {
		label: 'Volym',
		id: 'v',
		palette: paperPalette
	});

test('bandOf() is the least, greatest and mean of the years that are known', () => {
	expect(bandOf([90, null, 110])).toEqual({ low: 90, high: 110, mean: 100 });
	expect(bandOf([null, null])).toEqual({ low: null, high: null, mean: null });
});

test('months that still come in are dotted and hollow, and say so', () => {
	const svg = draw();
	expect(svg).toContain('kommer fortfarande in');
	expect(svg).toMatch(/stroke-dasharray="1 5"/);
	const allDue = draw(volumeRows().map((row) => ({ ...row, births: row.births ?? 100, due: true })));
	expect(allDue).not.toContain('kommer fortfarande in');
	expect(allDue).not.toMatch(/stroke-dasharray="1 5"/);
});

test('the lines are named where they are, not in a legend', () => {
	expect(draw()).toMatch(/>2026<.*|>2023–2025</s);
	expect(draw()).toContain('>2023–2025<');
	expect(draw()).toContain('>2026<');
});

test('a year without earlier ones is drawn without a band', () => {
	const svg = draw(volumeRows().map((row) => ({ ...row, low: null, high: null, mean: null })));
	expect(svg).not.toContain('2023–2025');
	expect(svg).not.toContain('NaN');
});

test('the table says of an unfinished month that it is so far, and of a coming one nothing', () => {
	const { rows } = volumeBandTable(volumeRows(), 'sv');
	expect(rows[10]?.[1]).toEqual({ value: 12, text: '12 hittills' });
	expect(rows[11]?.[1]).toEqual({ value: null, text: '–' });
	expect(rows[0]?.map(({ text }) => text)).toEqual(['januari 2026', '100', '101', '98', '104']);
});
