import { expect, test } from 'vitest';
import { searchUnits } from '#lib/components/unit-search.ts';

const units = [
	{ id: 'eskilstuna', name: 'Mälarsjukhuset', place: 'Eskilstuna', region: 'Region Sörmland' },
	{ id: 'norrkoping', name: 'Vrinnevisjukhuset', place: 'Norrköping', region: 'Region Östergötland' },
	{ id: 'orebro', name: 'Universitetssjukhuset Örebro', place: 'Örebro', region: 'Region Örebro län' },
	{ id: 'huddinge', name: 'Karolinska Huddinge', place: 'Stockholm', region: 'Region Stockholm' }
];
const found = (text: string) => searchUnits(units, text).map((unit) => unit.id);

test('a unit is found by its name, place, region or id, whatever the case', () => {
	expect(found('ESKIL')).toEqual(['eskilstuna']);
	expect(found('karolinska')).toEqual(['huddinge']);
	expect(found('östergötland')).toEqual(['norrkoping']);
});

test('every word has to be found', () => {
	expect(found('region stock')).toEqual(['huddinge']);
	expect(found('region oslo')).toEqual([]);
});

test('words that begin a name come before those within one', () => {
	expect(found('ör')).toEqual(['orebro', 'eskilstuna']);
});

test('a letter is found without its marks, but marks that are written count', () => {
	expect(found('orebro')).toEqual(['orebro']);
	expect(found('nörr')).toEqual([]);
});

test('nothing written finds all, in their order', () => {
	expect(found(' ')).toEqual(units.map((unit) => unit.id));
});
