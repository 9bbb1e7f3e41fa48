import { expect, test } from 'vitest';
import { readSender } from '#lib/submission/sender-form.ts';

const written = {
	name: ' Maria Ek ',
	unit: 'Lycksele BB',
	organisation: 'Region Västerbotten',
	address: 'Lasarettsvägen 1',
	telephone: '0950-390 00',
	email: 'maria.ek@example.org'
};

function form(changed: Record<string, string> = {}): FormData {
	const data = new FormData();
	for (const [field, text] of Object.entries({ ...written, ...changed })) data.set(field, text);
	return data;
}

test('a form that is filled in gives the sender, without spaces around', () => {
	expect(readSender(form({ sha256: 'not a detail of the sender' }))).toEqual({
		sender: { ...written, name: 'Maria Ek' }
	});
});

test('every field that is missing or wrong is named, in the order of the form', () => {
	expect(readSender(form({ email: 'maria', name: ' ', telephone: 'call me' }))).toEqual({
		wrong: ['name', 'telephone', 'email']
	});
	expect(readSender(new FormData())).toMatchObject({ wrong: { length: 6 } });
});
