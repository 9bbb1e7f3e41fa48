import { expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { statedAccount } from '../../src/routes/accounts/stated-account.ts';

const units = [
	{ id: 'lund', region: 'Region Skåne' },
	{ id: 'visby', region: 'Region Gotland' }
];
const definition = {
	units,
	unitById: new Map(units.map((unit) => [unit.id, unit]))
} as unknown as Definition;

/** What a form with these fields states, besides an e-mail address and a name. */
function stated(fields: [string, string][]) {
	const sent = new FormData();
	for (const [field, value] of [['email', 'bo@example.org'], ['name', 'Bo'], ...fields] as [string, string][])
		sent.append(field, value);
	return statedAccount(sent, definition);
}

test('a form states an account of units and regions that there are', () => {
	const manager = stated([
		['role', 'unitManager'],
		['unit', 'lund'],
		['unit', 'visby']
	]);
	expect(manager).toMatchObject({ wrong: [], stated: { role: 'unitManager', units: ['lund', 'visby'] } });
});

test('a role, a unit or a region that there is none of is to be mended, not passed over', () => {
	for (const role of ['king', '', 'constructor', 'unitManager,administrator'])
		expect(stated([['role', role]]).wrong, role).toEqual(['role']);
	for (const unit of ['atlantis', '__proto__', 'LUND', ''])
		expect(
			stated([
				['role', 'unitManager'],
				['unit', 'lund'],
				['unit', unit]
			]).wrong,
			unit
		).toEqual(['units']);
	expect(
		stated([
			['role', 'coordinator'],
			['region', 'Region Mordor']
		]).wrong
	).toEqual(['regions']);
});
