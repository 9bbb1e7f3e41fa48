import { expect, test } from 'vitest';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';

test('an identity number in a name is masked, however it is written', () => {
	for (const number of [
		'195704289999',
		'19570428-9999',
		'5704289999',
		'570428-9999',
		'090527+1474',
		'19730288-9931'
	])
		expect(withoutIdentityNumbers(`mor ${number}.csv`)).toBe('mor ….csv');
});

test('other rows of digits are left: times, sums of digits that do not agree, longer numbers', () => {
	for (const name of [
		'export_202601151230.csv',
		'mor 195704289998',
		'0195704289999',
		'08-123 45 67',
		'BVIKT2'
	])
		expect(withoutIdentityNumbers(name)).toBe(name);
});
