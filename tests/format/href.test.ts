import { expect, test } from 'vitest';
import { hrefTo } from '#lib/format/href.ts';

test('a Swedish address is the plain one, an English one has its prefix, the first time and the next', () => {
	for (let turn = 0; turn < 2; turn++) {
		expect(hrefTo('/units/gavle', 'sv')).toBe('/units/gavle');
		expect(hrefTo('/units/gavle', 'en')).toBe('/en/units/gavle');
		expect([hrefTo('/', 'sv'), hrefTo('/', 'en')]).toEqual(['/', '/en']);
	}
});

test('however many addresses are asked for, each is right', () => {
	for (let n = 0; n < 2500; n++) expect(hrefTo(`/units/u${n}`, 'en')).toBe(`/en/units/u${n}`);
});
