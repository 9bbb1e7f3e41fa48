import { expect, test } from 'vitest';
import { closeAccount, findAccount, openAccount } from '#lib/server/access/accounts.ts';
import { createLink, linkLasts, readLink, useLink } from '#lib/server/access/links.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import {
	address,
	administrator,
	enrolled,
	freshAccess,
	invited,
	manager,
	minute,
	morning,
	opened,
	password,
	there,
	well
} from './fresh-access.ts';

test('an invitation sets a password once, opens the account and asks for a second factor', async () => {
	const access = freshAccess();
	const { token, account } = invited(access);
	expect(account.state).toBe('invited');
	expect(readLink(access, token, morning)).toMatchObject({ kind: 'invitation', account: { id: account.id } });
	const { session } = well(await useLink(access, token, password, address, morning), 'session');
	expect(readSession(access, session, morning)).toMatchObject({ state: 'enrol', account: { state: 'open' } });
	expect(readLink(access, token, morning)).toBeUndefined();
	expect(await useLink(access, token, 'ett annat ord om fest', address, morning)).toBeUndefined();
	expect(await signIn(access, { email: manager.email, password, address }, morning)).toHaveProperty('state');
});

test('a link used twice at the same time sets one password', async () => {
	const access = freshAccess();
	const { token } = invited(access);
	const both = await Promise.all(
		[password, 'fyra stora björnar i skog'].map((each) => useLink(access, token, each, address, morning))
	);
	expect(both.filter((each) => each !== undefined)).toHaveLength(1);
});

test('a password that is not taken leaves the link as it is', async () => {
	const access = freshAccess();
	const { token, account } = invited(access);
	expect(await useLink(access, token, 'kort', address, morning)).toEqual({ wrong: 'tooShort' });
	expect(await useLink(access, token, 'Bo Ek 2026-11-02', address, morning)).toEqual({ wrong: 'personal' });
	expect(findAccount(access, account.id)?.state).toBe('invited');
	expect(readLink(access, token, morning)).toBeDefined();
});

test('an invitation can be used for seven days, a reset for one', async () => {
	const access = freshAccess();
	const { token, account } = invited(access);
	const day = 24 * 60 * minute;
	expect(linkLasts).toEqual({ invitation: 7 * day, reset: day });
	expect(readLink(access, token, morning + 7 * day - 1)).toBeDefined();
	expect(readLink(access, token, morning + 7 * day)).toBeUndefined();
	const reset = createLink(access, null, account.id, 'reset', morning);
	expect(readLink(access, reset, morning + day - 1)?.kind).toBe('reset');
	expect(readLink(access, reset, morning + day)).toBeUndefined();
	expect(await useLink(access, reset, password, address, morning + day)).toBeUndefined();
});

test('a new link ends the older ones of the account, not those of others', () => {
	const access = freshAccess();
	const first = invited(access);
	const other = invited(access, administrator);
	const second = createLink(access, null, first.account.id, 'invitation', morning);
	expect(readLink(access, first.token, morning)).toBeUndefined();
	expect(readLink(access, second, morning)).toBeDefined();
	expect(readLink(access, other.token, morning)).toBeDefined();
});

test('a reset ends the sessions and leaves the second factor to be asked for', async () => {
	const access = freshAccess();
	const { account, cookie } = await enrolled(access);
	const token = createLink(access, null, account.id, 'reset', morning);
	expect(readSession(access, cookie, morning)).toBeDefined();
	const next = 'fyra stora björnar i skog';
	const { session } = well(await useLink(access, token, next, address, morning), 'session');
	expect(there(readSession(access, session, morning)).state).toBe('secondFactor');
	expect(readSession(access, cookie, morning)).toBeUndefined();
	const asked = { email: manager.email, address };
	expect(await signIn(access, { ...asked, password }, morning)).toEqual({ refused: 'wrong' });
	expect(await signIn(access, { ...asked, password: next }, morning)).toHaveProperty('session');
});

test('a closed account has no links and gets none', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	const token = createLink(access, null, id, 'reset', morning);
	closeAccount(access, null, id, morning);
	expect(() => createLink(access, null, id, 'reset', morning)).toThrow('closed');
	openAccount(access, null, id, morning);
	expect(readLink(access, token, morning)).toBeUndefined();
});

test('whoever tries many links that are none has to wait, also with one of ours', async () => {
	const access = freshAccess();
	const { token } = invited(access);
	for (let tried = 0; tried < 30; tried++)
		expect(await useLink(access, `no-link-${tried}`, password, address, morning)).toBeUndefined();
	expect(await useLink(access, token, password, address, morning)).toBeUndefined();
	expect(await useLink(access, token, password, '192.0.2.99', morning)).toHaveProperty('session');
});
