import { expect, test } from 'vitest';
import { anchor, capitalised, daysAheadText, genitive, pieces, plainText } from '#lib/format/sentence.ts';

const sentence = `Ring ${anchor('#a', 'Gävle')} och ${anchor('/b?c=1', 'Umeå')}.`;

test('a sentence comes apart at its anchors, and whole again without them', () => {
	expect(pieces(sentence)).toEqual([
		{ text: 'Ring ' },
		{ text: 'Gävle', href: '#a' },
		{ text: ' och ' },
		{ text: 'Umeå', href: '/b?c=1' },
		{ text: '.' }
	]);
	expect(plainText(sentence)).toBe('Ring Gävle och Umeå.');
});

test('a sentence that begins with an anchor begins with a capital all the same', () => {
	expect(plainText(capitalised(anchor('#a', 'juli')))).toBe('Juli');
	expect(capitalised('åtta')).toBe('Åtta');
});

test('a Swedish name that ends in an s-sound has no ending in the genitive', () => {
	expect(['Södersjukhuset', 'BB Sophias', 'Växjö'].map((name) => genitive(name, 'sv'))).toEqual([
		'Södersjukhusets',
		'BB Sophias',
		'Växjös'
	]);
	expect(genitive('Danderyd', 'en')).toBe('Danderyd’s');
});

test('days ahead are counted in days, and from two months on in months', () => {
	expect([0, 1, 7, 60, 159].map((days) => daysAheadText(days, 'sv'))).toEqual([
		'i dag',
		'i morgon',
		'om 7 dagar',
		'om 60 dagar',
		'om 5 månader'
	]);
	expect(daysAheadText(7, 'en')).toBe('in 7 days');
});
