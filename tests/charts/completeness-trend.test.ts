import { expect, test } from 'vitest';
import { completenessTrend, completenessTrendTable } from '#lib/charts/completeness-trend.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import { trendRows } from './sample-rows.ts';

const names = { own: 'Provsjukhuset', nation: 'Sverige' };
const draw = (rows = trendRows(), more: object = {}) =>
	chartSvg((place) => completenessTrend(rows, { locale: 'sv', names, target: 0.95, ...place, ...more }), {
		label: 'Trend',
		id: 't',
		palette: paperPalette
	}).replaceAll('&#160;', '\u00a0');
/** How many unbroken parts the line in the accent has. */
const parts = (svg: string) => /stroke="#0a5f7a"[^>]*><path d="([^"]*)"/.exec(svg)?.[1]?.match(/M/g)?.length;

test('a time without data is a gap in the line, not a zero', () => {
	expect(parts(draw())).toBe(2);
	expect(parts(draw(trendRows().map((row) => ({ ...row, share: 0.97 }))))).toBe(1);
});

test('the target and both lines are named at their place', () => {
	const svg = draw();
	expect(svg).toContain('mål 95\u00a0%');
	expect(svg).toContain('>Provsjukhuset<');
	expect(svg).toContain('>Sverige<');
});

test('the nation alone is drawn as one line and one column', () => {
	const alone = { own: 'Sverige', nation: 'Sverige' };
	expect(draw(trendRows(), { names: alone }).match(/>Sverige</g)).toHaveLength(1);
	expect(completenessTrendTable(trendRows(), { locale: 'sv', names: alone }).columns).toHaveLength(2);
});

test('a share that is no duty is drawn from 0', () => {
	const rare = trendRows().map((row) => ({ ...row, share: 0.04, nation: 0.05 }));
	expect(draw(rare, { fromZero: true, target: null })).toMatch(/>0\u00a0%</);
});

test('the table names quarters and leaves a gap unsaid', () => {
	const { rows } = completenessTrendTable(trendRows(), { locale: 'sv', names });
	expect(rows[4]?.map(({ text }) => text)).toEqual(['kvartal 1 2025', '–', '98,0\u00a0%']);
});
