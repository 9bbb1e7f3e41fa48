import { expect, test } from 'vitest';
import { searchVariables } from '#lib/catalogue/search.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';

const { variables } = await loadDefinition('data/mfr');
const found = (text: string, locale: 'sv' | 'en' = 'sv') =>
	searchVariables(variables, text, locale).map((v) => v.id);

test('variables are found by their name, label and description, whatever the case', () => {
	expect(found('bvikt')).toEqual(['BVIKT']);
	expect(found('APGAR VID 5')).toEqual(['APGAR5']);
	expect(found('dag då uppgifter om barnet först')).toEqual(['DAGAR']);
});

test('words are looked for in the language of the reader', () => {
	expect(found('birth weight', 'en')).toEqual(['BVIKT']);
	expect(found('birth weight', 'sv')).toEqual([]);
});

test('nothing written finds all', () => {
	expect(found('  ')).toHaveLength(variables.length);
});
