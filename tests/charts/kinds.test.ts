import { describe, expect, test } from 'vitest';
import { locales } from '#lib/catalogue/text.ts';
import { chartKinds } from '#lib/charts/kinds.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import { samples } from './sample-rows.ts';

const drawn = (kind: string, locale: 'sv' | 'en', width = 640, palette = paperPalette) => {
	const { rows, settings } = samples[kind] ?? { rows: [], settings: {} };
	const chart = chartKinds[kind]?.read(rows, settings);
	if (!chart) throw new Error(`No sample of ${kind}`);
	return chartSvg((place) => chart.draw({ locale, width, ...place }), {
		label: `Om ${kind}`,
		id: 'x',
		palette
	});
};

test('there is a sample of every kind of chart', () => {
	expect(Object.keys(samples).sort()).toEqual(Object.keys(chartKinds).sort());
});

describe.for(Object.keys(chartKinds))('%s', (kind) => {
	test.for(locales)('is drawn in %s, wide and narrow, the same each time', (locale) => {
		for (const width of [320, 640]) {
			const svg = drawn(kind, locale, width);
			expect(svg).toMatch(/^<svg [^>]*width="\d+"/);
			expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
			expect(drawn(kind, locale, width)).toBe(svg);
		}
	});

	test.for(locales)('has its numbers as a table in %s, a cell for every column', (locale) => {
		const { rows, settings } = samples[kind] ?? { rows: [], settings: {} };
		const table = chartKinds[kind]?.read(rows, settings).numbers({ locale });
		expect(table?.rows.length).toBeGreaterThan(1);
		for (const row of table?.rows ?? []) {
			expect(row.length).toBe(table?.columns.length);
			expect(row.every(({ text }) => text !== '')).toBe(true);
		}
	});

	test('is drawn of no rows at all, too', () => {
		const chart = chartKinds[kind]?.read([], samples[kind]?.settings ?? {});
		const svg = chartSvg((place) => chart?.draw({ locale: 'sv', ...place }) as Element, {
			label: 'Tomt',
			id: 'x'
		});
		expect(svg).not.toMatch(/NaN|Infinity/);
	});

	test('refuses rows without its columns, and options that it does not have', () => {
		expect(() => chartKinds[kind]?.read([{ wrong: 1 }], samples[kind]?.settings)).toThrow(/expected/i);
		expect(() => chartKinds[kind]?.read([], { ...samples[kind]?.settings, colour: 'red' })).toThrow('colour');
	});
});
