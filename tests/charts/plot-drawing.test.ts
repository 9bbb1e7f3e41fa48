import { expect, test } from 'vitest';
import { pagePalette } from '#lib/charts/palette.ts';
import { plotTable } from '#lib/charts/plot-table.ts';
import { drawnPlot, monthRows, shownPlot } from './plot-written.ts';

const line = 'marks: [{ lineY: { x: birth_month, y: share, stroke: region } }]';

test('numbers, months and texts are in the language of the reader', () => {
	const yaml = `${line}\ny: { percent: true, label: { sv: Andel ifyllda, en: Share recorded } }`;
	const [sv, en] = [drawnPlot(yaml, monthRows), drawnPlot(yaml, monthRows, { locale: 'en' })];
	expect(sv.texts).toEqual(expect.arrayContaining(['100\u00a0%', 'Andel ifyllda']));
	expect(en.texts).toEqual(expect.arrayContaining(['100%', 'Share recorded']));
	expect(sv.texts.join(' ')).toMatch(/mars/);
	expect(en.texts.join(' ')).toMatch(/Mar\b/);
	expect(drawnPlot('marks: [{ dot: { x: share, y: births } }]', monthRows).texts).toEqual(
		expect.arrayContaining(['0,84', '1\u202f200'])
	);
});

test('small charts have one frame for each value, with its name, and as many beside each other as fit', () => {
	const yaml = 'marks: [{ lineY: { x: birth_month, y: births } }]\nfacet: { x: region, columns: 2 }';
	const wide = drawnPlot(yaml, monthRows);
	expect(wide.texts).toEqual(expect.arrayContaining(['Norra', 'Södra']));
	const height = (picture: typeof wide) => Number(picture.all('svg')[0]?.getAttribute('height'));
	expect(height(drawnPlot(yaml, monthRows, { width: 240 }))).toBeGreaterThan(height(wide));
});

test('names that have no room at the ends of lines stand in a legend', () => {
	const named = monthRows.map((row) => ({
		...row,
		region: `Sjukvårdsregion ${String(row.region)} med långt namn`
	}));
	const legend = (width: number) => drawnPlot(line, named, { width }).all('rect').length;
	expect(legend(1200)).toBe(0);
	expect(legend(360)).toBe(2);
});

test('a chart without rows says that there are none', () => {
	expect(drawnPlot(line, []).texts).toEqual(['inga uppgifter']);
});

test('names of color: domain are told apart, the others are grey', () => {
	const { svg } = drawnPlot(`${line}\ncolor: { domain: [Norra], range: [attention] }`, monthRows);
	expect(svg).toContain('#b3400e');
	expect(svg).toContain('#a09d95');
});

test('what lies outside a domain is cut off', () => {
	const clipped = (domain: string) =>
		drawnPlot(`${line}\ny: { domain: ${domain} }`, monthRows).all('clipPath').length > 0;
	expect(clipped('[0.9, 1]')).toBe(true);
	expect(clipped('[0, 1]')).toBe(false);
});

test('the picture keeps the content security policy, and takes its colours from the page', () => {
	const { svg } = drawnPlot('marks: [{ cell: { x: birth_month, y: region, fill: births } }]', monthRows, {
		palette: pagePalette
	});
	expect(svg).not.toMatch(/<style|\sstyle=|<script|\son\w+=|href=|(fill|stroke)="#/);
	expect(svg).toContain('color-mix(in srgb, var(--accent)');
});

test('texts of the table and of the writer stay texts', () => {
	const hostile = '<script>alert(1)</script>" onload="x';
	const rows = monthRows.map((row) => ({ ...row, region: hostile }));
	const { svg, all } = drawnPlot(
		'marks: [{ dot: { x: births, y: share, fill: region, title: region } }, { text: { x: births, y: 0.9, text: region } }]\ncolor: { legend: true }',
		rows
	);
	expect(all('script')).toHaveLength(0);
	expect(svg).not.toMatch(/<script|<[^>]* onload=/);
	expect(svg).toContain('&lt;script');
});

test('the same rows make the same bytes', () => {
	const yaml = `${line}\nfacet: { x: region }\ny: { domain: [0.9, 1] }`;
	expect(drawnPlot(yaml, monthRows).svg).toBe(drawnPlot(yaml, monthRows).svg);
});

test('the numbers are the columns that are drawn, as they are called, and of a long table the first', () => {
	const shown = shownPlot(
		`${line}\ny: { percent: true, label: { sv: Andel, en: Share } }\nlabels: { birth_month: { sv: Månad, en: Month } }`
	);
	const table = plotTable(monthRows, shown, 'sv');
	expect(table.columns.map(({ label }) => label)).toEqual(['Månad', 'region', 'Andel']);
	expect(table.rows[0]?.map(({ text }) => text)).toEqual(['jan 2026', 'Norra', '90,0\u00a0%']);
	expect(table.rows[4]?.[2]).toEqual({ value: null, text: '–' });
	const short = plotTable(monthRows, shown, 'sv', 2);
	expect(short.rows).toHaveLength(3);
	expect(short.rows[2]?.[0]?.text).toBe('… och 4 rader till');
});

test('the numbers of a histogram are its bars', () => {
	const rows = [1, 1, 2].map((days) => ({ days }));
	const { columns, rows: bars } = plotTable(rows, shownPlot('marks: [{ bin: { x: days, bins: 2 } }]'), 'sv');
	expect(columns.map(({ label }) => label)).toEqual(['Från och med', 'Under', 'Antal']);
	expect(bars.map((bar) => bar.map(({ value }) => value))).toEqual([
		[1, 1.5, 2],
		[2, 2.5, 1]
	]);
});
