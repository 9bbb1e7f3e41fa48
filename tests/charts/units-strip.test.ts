import { expect, test } from 'vitest';
import { unitsStrip, unitsStripTable, type StripRow } from '#lib/charts/units-strip.ts';
import { paperPalette } from '#lib/charts/palette.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';

const row = (unit: string, share: number | null, more: Partial<StripRow> = {}): StripRow => ({
	unit,
	name: unit,
	share,
	own: false,
	...more
});
const draw = (rows: StripRow[]) =>
	chartSvg((place) => unitsStrip(rows, { locale: 'sv', target: 0.95, ...place }), {
		label: 'Enheter',
		id: 'u',
		palette: paperPalette
	});

test('a unit without a name is a dot that tells nobody who it is', () => {
	const svg = draw([row('Astad', 0.8), row('hemlig', 0.7, { name: null })]);
	expect(svg).not.toContain('hemlig');
	expect(svg.match(/<circle/g)).toHaveLength(2);
	expect(unitsStripTable([row('hemlig', 0.7, { name: null })], { locale: 'sv' }).rows).toEqual([]);
});

test('units that are not told one by one are bars with their number, and rows of the table', () => {
	const bands = [
		{ units: 11, from: 0.62, to: 0.9 },
		{ units: 7, from: 0.9, to: 1 },
		{ units: 25, from: 1, to: 1 }
	];
	const rows = [row('Astad', 0.8, { own: true })];
	const svg = chartSvg((place) => unitsStrip(rows, { locale: 'sv', bands, ...place }), {
		label: 'Enheter',
		id: 'u',
		palette: paperPalette
	});
	expect(svg.match(/<rect/g)).toHaveLength(3);
	expect(svg.match(/<circle/g)).toHaveLength(1);
	for (const text of ['11 andra enheter', '7 andra enheter', '25 andra enheter'])
		expect(svg).toContain(`>${text}<`);
	const table = unitsStripTable(rows, { locale: 'sv', bands }).rows.map((cells) =>
		cells.map(({ text }) => text)
	);
	expect(table).toEqual([
		['Astad', '80,0\u00a0%'],
		['11 andra enheter', 'mellan 62 och 90\u00a0%'],
		['7 andra enheter', 'mellan 90 och 100\u00a0%'],
		['25 andra enheter', '100\u00a0%']
	]);
});

test('however many units agree, the pile of them stays inside the picture', () => {
	const svg = draw(Array.from({ length: 60 }, (_, at) => row(`u${at}`, 0.995)));
	const heights = [...svg.matchAll(/<circle[^>]* cy="([\d.-]+)"/g)].map(([, y]) => Number(y));
	expect(heights).toHaveLength(60);
	expect(Math.min(...heights)).toBeGreaterThan(0);
});

test('the own unit is named, and of two names on the same place only the one that matters more', () => {
	const svg = draw([row('Astad', 0.8, { own: true }), row('Bstad', 0.801)]);
	expect(svg.match(/<text[^>]*>Astad</g)).toHaveLength(1);
	expect(svg).not.toMatch(/<text[^>]*>Bstad</);
});

test('the table has the lowest unit first, and those that cannot be told last', () => {
	const { rows } = unitsStripTable([row('A', null), row('B', 0.9), row('C', 0.8)], { locale: 'sv' });
	expect(rows.map(([name]) => name?.text)).toEqual(['C', 'B', 'A']);
});
