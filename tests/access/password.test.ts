import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditEntries } from '#lib/server/access/audit.ts';
import { changePassword } from '#lib/server/access/change-password.ts';
import { addDemoAccount } from '#lib/server/access/demo-accounts.ts';
import { isCommonPassword } from '#lib/server/access/common-password.ts';
import { createLink, readLink } from '#lib/server/access/links.ts';
import { hashPassword, needsNewHash, verifyPassword } from '#lib/server/access/password-hash.ts';
import { leastCharacters, mostCharacters, passwordFault } from '#lib/server/access/password.ts';
import { beginSession, readSession } from '#lib/server/access/sessions.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import {
	address,
	administrator,
	enrolled,
	freshAccess,
	hour,
	manager,
	morning,
	password,
	there
} from './fresh-access.ts';

const who = { name: 'Åsa Lindström', email: 'asa.lindstrom@sjukhuset.example' };
const fault = (written: string) => passwordFault(written, who);

test('a password has 12 to 128 characters, whatever they are', () => {
	expect(fault('qzjvxkwpbmf')).toBe('tooShort');
	expect(fault('qzjvxkwpbmft')).toBeUndefined();
	expect(fault('      zq kv   xw     ')).toBeUndefined();
	expect(fault('😀🎈🐘🌧️🚲🍞🪑📎🧲🔭🧵🪁')).toBeUndefined();
	const long = 'zq kv xw '.repeat(20);
	expect(fault(long.slice(0, mostCharacters + 1))).toBe('tooLong');
	// a letter with its accent beside it is one character
	expect(fault('å'.normalize('NFD').repeat(6))).toBe('tooShort');
});

test('a password that many use is refused, with what people put around it or in it', () => {
	const common = [
		'password2026!',
		'!!Password123',
		'P@ssw0rd2026',
		'qwertyqwerty',
		'QwertyQwertyQw',
		'iloveyou12345',
		'123456789012',
		'098765432109',
		'abcdefghijklm',
		'aaaaaaaaaaaa',
		'abcabcabcabc',
		'password password',
		'sunshine.....2025',
		'            '
	];
	for (const each of common) expect(fault(each), each).toBe('common');
});

test('every password of the list is refused, with a year after it too', async () => {
	const { dictionary } = await import('@zxcvbn-ts/language-common');
	const listed = [...dictionary['passwords-common']];
	expect(listed.filter((each) => each.length >= 8).length).toBeGreaterThan(3000);
	expect(listed.filter((each) => !isCommonPassword(each))).toEqual([]);
	const words = listed.filter((each) => /^[a-z]{8,}$/.test(each));
	expect(words.filter((each) => fault(`${each}2026!`) === undefined)).toEqual([]);
});

test('passwords that a person thinks of by words, or a machine draws, are taken', () => {
	const good = ['tre små grisar på fest', 'häst batteri häftklammer', 'correct horse battery staple'];
	for (const each of good) expect(fault(each), each).toBeUndefined();
	const letters = [...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_'];
	const drawn = fc.array(fc.constantFrom(...letters), { minLength: 20, maxLength: 40, size: 'max' });
	fc.assert(
		fc.property(drawn, (characters) => {
			// a shrunk or biased example may be one letter over and over, which is refused with reason
			fc.pre(new Set(characters.map((each) => each.toLowerCase())).size >= 14);
			expect(fault(characters.join(''))).toBeUndefined();
		})
	);
});

test('a password made of the own name, the e-mail address or our own name is refused', () => {
	const personal = [
		'ÅsaLindström1',
		'asalindstrom2026',
		'Lindström-1985-04',
		'asa.lindstrom@sjukhuset.example',
		'sjukhuset 2026-11',
		'Bortfall 2026!!',
		'bortfallbortfall'
	];
	for (const each of personal) expect(fault(each), each).toBe('personal');
	expect(fault('Lindström åker skidor i fjällen')).toBeUndefined();
	expect(passwordFault('BoEk-2026-11-02', { name: 'Bo Ek', email: 'x@y.example' })).toBe('personal');
});

test('any text is taken or refused, and never the other way when it is put together differently', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 140 }), (written) => {
			const said = [undefined, 'tooShort', 'tooLong', 'common', 'personal'];
			expect(said).toContain(fault(written));
			expect(fault(written.normalize('NFD'))).toBe(fault(written.normalize('NFC')));
			if ([...written.normalize('NFC')].length < leastCharacters) expect(fault(written)).toBe('tooShort');
		})
	);
});

test('a hash is argon2id with 19 MiB and two passes, salted, and knows its password', async () => {
	const [first, second] = await Promise.all([hashPassword('één woord'), hashPassword('één woord')]);
	expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
	expect(first).not.toBe(second);
	expect(needsNewHash(first)).toBe(false);
	expect(await verifyPassword('één woord'.normalize('NFD'), first)).toBe(true);
	expect(await verifyPassword('een woord', first)).toBe(false);
	expect(await verifyPassword('', undefined)).toBe(false);
	await expect(verifyPassword('x', 'clear text')).rejects.toThrow('argon2id');
});

test('whoever knows the password changes it, which ends the other sessions and a link', async () => {
	const access = freshAccess();
	const { account, session, cookie } = await enrolled(access);
	const other = beginSession(access, account.id, 'whole', address, morning);
	const next = 'fyra stora björnar i skog';
	const change = (current: string, wanted: string) =>
		changePassword(access, session, { current, next: wanted }, morning);
	expect(await change('not this one', next)).toEqual({ wrong: 'current' });
	expect(await change(password, 'kort')).toEqual({ wrong: 'tooShort' });
	expect(readSession(access, other, morning)).toBeDefined();
	const link = createLink(access, null, account.id, 'reset', morning);
	expect(await change(password, next)).toBe('changed');
	expect(readLink(access, link, morning)).toBeUndefined();
	expect(readSession(access, other, morning)).toBeUndefined();
	expect(readSession(access, cookie, morning)).toBeDefined();
	const asked = { email: manager.email, address };
	expect(await signIn(access, { ...asked, password }, morning)).toEqual({ refused: 'wrong' });
	expect(await signIn(access, { ...asked, password: next }, morning)).toHaveProperty('session');
	const { entries } = auditEntries(access, { act: 'passwordChanged', limit: 5, offset: 0 });
	expect(entries).toMatchObject([{ who: account.id, address }]);
});

test('who sits at a session left open cannot guess its password without end', async () => {
	const access = freshAccess();
	const { session } = await enrolled(access);
	const next = 'fyra stora björnar i skog';
	const change = (current: string, at: number) => changePassword(access, session, { current, next }, at);
	for (let tried = 0; tried < 5; tried++)
		expect(await change(`guess ${tried}`, morning)).toEqual({ wrong: 'current' });
	expect(await change(password, morning)).toEqual({ wrong: 'current' });
	expect(await change(password, morning + hour)).toBe('changed');
});

test('the password of a demo account stays as it is shown', async () => {
	const access = freshAccess();
	await addDemoAccount(access, { ...administrator, password: 'demo' }, morning);
	const signed = await signIn(access, { email: administrator.email, password: 'demo', address }, morning);
	const session = there(readSession(access, 'session' in signed ? signed.session : undefined, morning));
	await expect(
		changePassword(access, session, { current: 'demo', next: 'fyra stora björnar' }, morning)
	).rejects.toThrow('demo');
});
