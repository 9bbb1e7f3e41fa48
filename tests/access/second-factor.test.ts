import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAccount } from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import type { Access } from '#lib/server/access/open.ts';
import {
	enrol,
	enrolment,
	recoveryCodesLeft,
	removeSecondFactor,
	renewRecoveryCodes
} from '#lib/server/access/second-factor.ts';
import { sealed, unsealed } from '#lib/server/access/sealed-secret.ts';
import { beginSession, endAllSessions, readSession, type Session } from '#lib/server/access/sessions.ts';
import { passSecondFactor, signIn } from '#lib/server/access/sign-in.ts';
import {
	address,
	codeAt,
	enrolled,
	freshAccess,
	hour,
	manager,
	minute,
	morning,
	opened,
	password,
	there,
	well
} from './fresh-access.ts';

const later = morning + hour;
const half = async (access: Access, at = later): Promise<Session> => {
	const { session } = well(await signIn(access, { email: manager.email, password, address }, at), 'state');
	return there(readSession(access, session, at));
};
const wrong = { refused: 'wrong' };

test('the secret that is offered stays the same until it is taken, and is told to the telephone by an address', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	const session = there(readSession(access, beginSession(access, id, 'enrol', address, morning), morning));
	const { secret, uri } = enrolment(access, session);
	expect(secret).toMatch(/^[A-Z2-7]{32}$/);
	expect(enrolment(access, session).secret).toBe(secret);
	expect(new URL(uri).searchParams.get('secret')).toBe(secret);
	expect(uri).toMatch(/^otpauth:\/\/totp\/Bortfall:bo\.ek%40example\.org\?issuer=Bortfall&/);
});

test('a second factor is set up by its first code only, and gives ten recovery codes', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	const session = there(readSession(access, beginSession(access, id, 'enrol', address, morning), morning));
	expect(await enrol(access, session, '123456', morning)).toEqual(wrong);
	const { secret } = enrolment(access, session);
	expect(await enrol(access, session, codeAt(secret, morning - 10 * minute), morning)).toEqual(wrong);
	const code = codeAt(secret, morning);
	const set = well(await enrol(access, session, `${code.slice(0, 3)} ${code.slice(3)}`, morning), 'session');
	expect(new Set(set.recoveryCodes).size).toBe(10);
	for (const each of set.recoveryCodes) expect(each).toMatch(/^([2-9a-hjkmnp-z]{4}-){2}[2-9a-hjkmnp-z]{4}$/);
	expect(findAccount(access, id)?.hasSecondFactor).toBe(true);
	expect(readSession(access, set.session, morning)?.state).toBe('whole');
	expect(await enrol(access, session, code, morning)).toEqual(wrong);
});

test('a code is taken half a minute early or late, and no more', async () => {
	const access = freshAccess();
	const { secret } = await enrolled(access);
	const tried = async (away: number, at: number) =>
		passSecondFactor(access, await half(access, at), codeAt(secret, at + away), address, at);
	expect(await tried(-minute, later)).toEqual(wrong);
	expect(await tried(minute, later)).toEqual(wrong);
	expect(await tried(-minute / 2, later)).toHaveProperty('session');
	expect(await tried(minute / 2, later + hour)).toHaveProperty('session');
});

test('a code is taken once, and none from before it afterwards', async () => {
	const access = freshAccess();
	const { secret } = await enrolled(access);
	const code = codeAt(secret, later);
	expect(await passSecondFactor(access, await half(access), code, address, later)).toHaveProperty('session');
	expect(await passSecondFactor(access, await half(access), code, address, later)).toEqual(wrong);
	const before = codeAt(secret, later - minute / 2);
	expect(await passSecondFactor(access, await half(access), before, address, later)).toEqual(wrong);
	const after = codeAt(secret, later + minute / 2);
	expect(await passSecondFactor(access, await half(access), after, address, later)).toHaveProperty('session');
});

test('the code that set the second factor up does not sign in', async () => {
	const access = freshAccess();
	const { secret } = await enrolled(access);
	const code = codeAt(secret, morning);
	expect(await passSecondFactor(access, await half(access, morning), code, address, morning)).toEqual(wrong);
});

test('a recovery code is taken once, however it is written, and tells how many are left', async () => {
	const access = freshAccess();
	const { codes, account } = await enrolled(access);
	const written = there(codes[0]).toUpperCase().replaceAll('-', ' ');
	const passed = await passSecondFactor(access, await half(access), written, address, later);
	expect(passed).toMatchObject({ recoveryCodesLeft: 9 });
	expect(recoveryCodesLeft(access, account.id)).toBe(9);
	expect(await passSecondFactor(access, await half(access), there(codes[0]), address, later)).toEqual(wrong);
	expect(await passSecondFactor(access, await half(access), 'aaaa-bbbb-cccc', address, later)).toEqual(wrong);
	expect(await passSecondFactor(access, await half(access), '', address, later)).toEqual(wrong);
	const { entries } = auditEntries(access, { act: 'recoveryCodeUsed', limit: 5, offset: 0 });
	expect(entries).toMatchObject([{ who: account.id, what: '9 left' }]);
});

test('a recovery code sent twice at the same time lets one in', async () => {
	const access = freshAccess();
	const { codes } = await enrolled(access);
	const [first, second] = [await half(access), await half(access)];
	const both = await Promise.all(
		[first, second].map((each) => passSecondFactor(access, each, there(codes[3]), address, later))
	);
	expect(both.filter((each) => 'session' in each)).toHaveLength(1);
});

test('new recovery codes end the old ones', async () => {
	const access = freshAccess();
	const { codes, session } = await enrolled(access);
	const renewed = await renewRecoveryCodes(access, session, password, morning);
	if ('wrong' in renewed) throw new Error('The password is right.');
	expect(await passSecondFactor(access, await half(access), there(codes[0]), address, later)).toEqual(wrong);
	const passed = await passSecondFactor(access, await half(access), there(renewed[0]), address, later);
	expect(passed).toMatchObject({ recoveryCodesLeft: 9 });
	await expect(renewRecoveryCodes(access, await half(access), password, later)).rejects.toThrow(
		'no second factor'
	);
});

test('a session without the password gets no recovery codes, and the old ones hold', async () => {
	const access = freshAccess();
	const { codes, session } = await enrolled(access);
	expect(await renewRecoveryCodes(access, session, 'not the password', morning)).toEqual({
		wrong: 'current'
	});
	expect(await passSecondFactor(access, await half(access), there(codes[0]), address, later)).toHaveProperty(
		'session'
	);
});

test('who has shown a password only cannot set up another second factor, nor pass without being asked', async () => {
	const access = freshAccess();
	const { account, session: whole, secret } = await enrolled(access);
	const waiting = await half(access, morning);
	const offered = enrolment(access, waiting).secret;
	expect(await enrol(access, waiting, codeAt(offered, morning), morning)).toEqual(wrong);
	const enrolling = there(
		readSession(access, beginSession(access, account.id, 'enrol', address, morning), morning)
	);
	const other = enrolment(access, enrolling).secret;
	expect(await enrol(access, enrolling, codeAt(other, morning), morning)).toEqual(wrong);
	const code = codeAt(secret, morning + minute / 2);
	expect(await passSecondFactor(access, enrolling, code, address, morning)).toEqual(wrong);
	expect(await passSecondFactor(access, whole, code, address, morning)).toEqual(wrong);
});

test('another telephone is set up from a whole session, which ends the others', async () => {
	const access = freshAccess();
	const { account, session, cookie } = await enrolled(access);
	const other = beginSession(access, account.id, 'whole', address, morning);
	const { secret } = enrolment(access, session);
	const set = well(await enrol(access, session, codeAt(secret, morning), morning), 'session');
	expect(readSession(access, set.session, morning)?.state).toBe('whole');
	for (const each of [cookie, other]) expect(readSession(access, each, morning)).toBeUndefined();
	const code = codeAt(secret, later);
	expect(await passSecondFactor(access, await half(access), code, address, later)).toHaveProperty('session');
});

test('a second factor that is removed ends the sessions and is asked for anew', async () => {
	const access = freshAccess();
	const { account, cookie, codes } = await enrolled(access);
	removeSecondFactor(access, null, account.id, morning);
	expect(readSession(access, cookie, morning)).toBeUndefined();
	const again = await half(access);
	expect(again.state).toBe('enrol');
	expect(await passSecondFactor(access, again, there(codes[0]), address, later)).toEqual(wrong);
	expect(recoveryCodesLeft(access, account.id)).toBe(0);
});

test('a session that ended while a recovery code was being looked at does not become whole', async () => {
	const access = freshAccess();
	const { account, codes } = await enrolled(access);
	const waiting = await half(access);
	const passing = passSecondFactor(access, waiting, there(codes[0]), address, later);
	expect(endAllSessions(access, null, account.id, later)).toBe(1);
	expect(await passing).toEqual(wrong);
});

test('the secret is encrypted for its account, by a key beside the accounts that only their owner reads', async () => {
	const access = freshAccess();
	const { account, secret } = await enrolled(access);
	const key = join(access.folder, 'second-factor.key');
	expect(statSync(key).mode & 0o777).toBe(0o600);
	const kept = String(access.db.prepare('select secret from second_factor').get()?.secret);
	expect(unsealed(access, kept, account.id)).toBe(secret);
	expect(() => unsealed(access, kept, 'another account')).toThrow(/authenticate/);
	expect(() => unsealed(access, `AAAA${kept.slice(4)}`, account.id)).toThrow(/authenticate/);
	renameSync(key, `${key}.away`);
	expect(() => unsealed(access, kept, account.id)).toThrow(/ENOENT/);
	// none is made in its place: the secrets that are there would be lost
	expect(() => sealed(access, secret, account.id)).toThrow(/ENOENT/);
	writeFileSync(key, 'short');
	expect(() => unsealed(access, kept, account.id)).toThrow('64 hexadecimal digits');
	renameSync(`${key}.away`, key);
	expect(unsealed(access, sealed(access, secret, account.id), account.id)).toBe(secret);
});
