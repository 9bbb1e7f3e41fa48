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
