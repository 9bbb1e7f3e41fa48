import { expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import {
	addContact,
	changeContact,
	contactsOf,
	endContact,
	type NewContact
} from '#lib/server/rounds/contacts.ts';
import { fetchesOf, noteFetched } from '#lib/server/rounds/fetches.ts';
import { readEmail, sameEmail } from '#lib/server/rounds/mail-address.ts';
import { readMailAddress, readSmtpUrl } from '#lib/server/rounds/mail-settings.ts';
import { bo, contact, eve, freshRounds, hour, morning, round } from './fresh-rounds.ts';

test('contacts are numbered by unit, and the number of one who has ended is never used again', () => {
	const rounds = freshRounds();
	expect(contact(rounds, 'danderyd', bo)).toEqual({
		unit: 'danderyd',
		number: 1,
		...bo,
		since: morning,
		endedAt: null
	});
	expect(contact(rounds, 'lund', bo).number).toBe(1);
	expect(contact(rounds, 'danderyd', eve).number).toBe(2);
	expect(endContact(rounds, 'danderyd', 2, morning + hour)).toMatchObject({ endedAt: morning + hour });
	expect(endContact(rounds, 'danderyd', 2, morning + 2 * hour)).toMatchObject({ endedAt: morning + hour });
	expect(contact(rounds, 'danderyd', eve).number).toBe(3);
	expect(() => rounds.db.exec('delete from contact')).toThrow('never used again');
	expect(() => endContact(rounds, 'danderyd', 9, morning)).toThrow('no contact 9');
});

test('contacts are seen by those whose scope has the unit', () => {
	const rounds = freshRounds();
	for (const unit of ['danderyd', 'lund']) contact(rounds, unit, bo);
	expect(contactsOf(wholeNation, rounds)).toHaveLength(2);
	expect(contactsOf(wholeNation, rounds, 'lund').map(({ unit }) => unit)).toEqual(['lund']);
	expect(contactsOf(scopeOfUnits(['lund']), rounds).map(({ unit }) => unit)).toEqual(['lund']);
	expect(contactsOf(scopeOfUnits(['lund']), rounds, 'danderyd')).toEqual([]);
});

test('a contact keeps the number when name, address or language change', () => {
	const rounds = freshRounds();
	contact(rounds, 'danderyd', bo);
	expect(changeContact(rounds, 'danderyd', 1, eve)).toMatchObject({ number: 1, ...eve, since: morning });
	expect(changeContact(rounds, 'danderyd', 1, { ...eve, email: 'EVE@example.org' })).toMatchObject({
		email: 'EVE@example.org'
	});
});

test('every field that cannot be kept is named, and an address stands once at a unit', () => {
	const rounds = freshRounds();
	const add = (who: Partial<NewContact>) => addContact(rounds, 'danderyd', { ...bo, ...who }, morning);
	expect(add({ name: ' \r\n ', email: 'bo' })).toEqual({ wrong: ['name', 'email'] });
	expect(add({ locale: JSON.parse('"da"') as 'sv' })).toEqual({ wrong: ['locale'] });
	expect(add({ name: ' Bo\r\n\u0000 Ek ' })).toMatchObject({ name: 'Bo Ek' });
	expect(add({ email: 'BO.EK@Example.org' })).toEqual({ wrong: ['email'] });
	contact(rounds, 'danderyd', eve);
	expect(changeContact(rounds, 'danderyd', 2, bo)).toEqual({ wrong: ['email'] });
	endContact(rounds, 'danderyd', 1, morning);
	expect(changeContact(rounds, 'danderyd', 2, bo)).toMatchObject({ email: bo.email });
});

test('readEmail() takes addresses of any language, and nothing that could end a line or name two people', () => {
	expect(readEmail(' Bo.Ek+mfr@Example.ORG ')).toBe('Bo.Ek+mfr@example.org');
	expect(readEmail('björn.åö@Örebro.se')).toBe('björn.åö@örebro.se');
	expect(readEmail('bjo\u0308rn@example.org')).toBe('björn@example.org');
	for (const wrong of [
		'',
		'bo',
		'@example.org',
		'bo@',
		'bo@localhost',
		'bo@example.org, eve@example.org',
		'bo@example.org\r\nBcc: eve@example.org',
		'Bo <bo@example.org>',
		'"bo ek"@example.org',
		'bo..ek@example.org',
		'.bo@example.org',
		'bo@eve@example.org',
		'bo@exa mple.org',
		'bo@-example.org',
		'bo@example..org',
		'bo@127.0.0.1',
		'bo@[127.0.0.1]',
		'bo@example.org.',
		'bo@exam%70le.org',
		'bo@example\u3002org',
		'bo\u202e@example.org',
		`${'a'.repeat(65)}@example.org`,
		`bo@${'a'.repeat(64)}.org`,
		`bo@${'abc.'.repeat(63)}org`
	])
		expect(readEmail(wrong), JSON.stringify(wrong)).toBeUndefined();
});

test('two addresses that reach the same person are the same', () => {
	expect(sameEmail('Bo@Örebro.se')).toBe(sameEmail('bo@xn--rebro-iua.se'));
	expect(sameEmail('bo@example.org')).not.toBe(sameEmail('bo.ek@example.org'));
});

test('fetches are told to those whose scope has the unit, the first first', () => {
	const rounds = freshRounds();
	const fetch = { round, edition: 1, who: 'bo', name: 'Bo Ek' };
	noteFetched(rounds, { ...fetch, unit: 'lund', instant: morning });
	noteFetched(rounds, { ...fetch, unit: 'danderyd', instant: morning + hour });
	noteFetched(rounds, { ...fetch, round: '2026-12', unit: 'lund', instant: morning + hour });
	expect(fetchesOf(wholeNation, rounds, round).map(({ unit, at }) => [unit, at])).toEqual([
		['lund', morning],
		['danderyd', morning + hour]
	]);
	expect(fetchesOf(scopeOfUnits(['danderyd']), rounds, round)).toEqual([
		{ edition: 1, unit: 'danderyd', who: 'bo', name: 'Bo Ek', at: morning + hour }
	]);
});

test('readSmtpUrl() reads user, password and port, and refuses what is no mail server', () => {
	expect(readSmtpUrl('smtp://mail.example.org')).toEqual({
		host: 'mail.example.org',
		port: 25,
		secure: false
	});
	expect(readSmtpUrl('smtps://mfr%40example.org:p%3Aw%2F@mail.example.org')).toEqual({
		host: 'mail.example.org',
		port: 465,
		secure: true,
		user: 'mfr@example.org',
		password: 'p:w/'
	});
	expect(readSmtpUrl('smtp://mfr:pw@mail.example.org')).toMatchObject({ port: 587 });
	expect(readSmtpUrl('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 });
	for (const wrong of [
		'',
		'mail.example.org',
		'https://mail.example.org',
		'smtp://',
		'smtp://a/path',
		'smtp://a?tls=no',
		'smtp://%zz:a@b'
	])
		expect(readSmtpUrl(wrong), wrong).toBeUndefined();
});

test('readMailAddress() reads an address with or without a name', () => {
	expect(readMailAddress('mfr@example.org')).toEqual({ name: '', address: 'mfr@example.org' });
	expect(readMailAddress('"Registret, MFR" <mfr@example.org>')).toEqual({
		name: 'Registret, MFR',
		address: 'mfr@example.org'
	});
	for (const wrong of ['', 'mfr', 'a@b, c@d', 'a@b <c@d>', 'Bo <a@b> <c@d>', 'Bo\r\nBcc: x <a@b>'])
		expect(readMailAddress(wrong), wrong).toBeUndefined();
});
