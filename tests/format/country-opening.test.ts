import { expect, test } from 'vitest';
import { countryOpening, countryVolumeTitle, type CountryOpening } from '#lib/format/country-opening.ts';
import { pieces, plainText } from '#lib/format/sentence.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { View } from '#lib/period/view.ts';

const definition = await loadDefinition('data/mfr');
const view: View = {
	period: { from: '2026-01', to: '2026-09' },
	asOf: '2026-11-23',
	years: 3,
	basis: 'sameDay'
};
const links = {
	volume: '#volume',
	reported: '#reported',
	calls: '#calls',
	unit: (id: string) => `/units/${id}`
};
const silent = (unit: string, ...months: string[]) => ({
	unit,
	flags: [
		{ id: 'volume', unit, severity: 'high' as const, p: 0, kind: 'notReported' as const, months, births: 100 }
	]
});
const calm = (unit: string) => ({ unit, flags: [] });
const country: CountryOpening = {
	judged: view.period,
	births: 80_000,
	dueBirths: 72_000,
	earlierBirths: [73_000, 74_000],
	standings: [calm('gavle'), calm('danderyd')]
};
const said = (changed: Partial<CountryOpening> = {}, seen: Partial<View> = {}) =>
	countryOpening({ ...country, ...changed }, { definition, view: { ...view, ...seen }, locale: 'sv' }, links)
		.map(plainText)
		.join(' ')
		.replace(/[\u00a0\u202f]/g, ' ');

test('births are held against the same day last year, and all is well where nothing stands out', () => {
	expect(said()).toBe(
		'72 000 födslar är rapporterade för januari–september 2026, 1,4 % färre än samma dag i fjol (73 000). ' +
			'Alla 2 enheter har rapporterat varje månad. Ingen enhet har något som sticker ut.'
	);
	expect(said({}, { basis: 'ended' })).toContain('1,4 % färre än i fjol (73 000)');
});

test('units that have not reported are named with their months, those to call by births concerned', () => {
	const standings = [silent('gavle', '2026-07'), calm('danderyd'), silent('lycksele', '2026-08', '2026-09')];
	expect(said({ standings })).toContain(
		'1 av 3 enheter har rapporterat varje månad; det som saknas är Gävle sjukhus (juli) och Lycksele lasarett (augusti och september). ' +
			'Att ringa: Gävle sjukhus och Lycksele lasarett.'
	);
});

test('of many only the first are named, and the rest are counted and led to', () => {
	const standings = ['gavle', 'danderyd', 'lycksele', 'huddinge', 'sodersjukhuset'].map((unit) =>
		silent(unit, '2026-07')
	);
	const sentences = countryOpening({ ...country, standings }, { definition, view, locale: 'sv' }, links);
	expect(said({ standings })).toContain('och 2 till. 5 enheter har något att åtgärda, mest Gävle sjukhus,');
	const hrefs = sentences.flatMap(pieces).flatMap(({ href }) => href ?? []);
	expect(hrefs).toEqual(expect.arrayContaining(['#volume', '#reported', '#calls', '/units/gavle']));
});

test('a period of which nothing is due, or nothing has come, is no matter for judgement', () => {
	expect(said({ judged: null, births: 12 })).toMatch(/^Inget från .* behöver ha kommit in än/);
	expect(said({ dueBirths: 0 })).toBe('Inga födslar är rapporterade för januari–september 2026.');
});

test('the title of the volume says which way births have gone', () => {
	const title = (dueBirths: number, ...earlierBirths: number[]) =>
		countryVolumeTitle({ dueBirths, earlierBirths }, { definition, view, locale: 'sv' }).replace(
			'\u00a0',
			' '
		);
	expect(title(72_000, 73_000)).toBe('1,4 % färre födslar än i fjol');
	expect(title(73_010, 73_000)).toBe('Lika många födslar som i fjol');
	expect(title(72_000)).toBe('Födslar per månad 2026');
});
