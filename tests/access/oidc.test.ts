import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeAccount, findAccount } from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import { addDemoAccount } from '#lib/server/access/demo-accounts.ts';
import { readLink } from '#lib/server/access/links.ts';
import { journeyLasts, oidcFinish, oidcStart, type OidcSettings } from '#lib/server/access/oidc.ts';
import type { Access } from '#lib/server/access/open.ts';
import { reasonOf } from '#lib/server/access/oidc-provider.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import {
	address,
	administrator,
	enrolled,
	freshAccess,
	invited,
	manager,
	morning,
	well
} from './fresh-access.ts';
import { callback, ownProvider, type OwnProvider, type Person } from './own-provider.ts';

let provider: OwnProvider;
beforeAll(async () => {
	provider = await ownProvider();
});
afterAll(() => provider.close());

const bo: Person = { sub: 'bo-1', email: 'Bo.Ek@Example.org', email_verified: true };

const failed = (why: RegExp) => ({ refused: 'failed', why: expect.stringMatching(why) });
const notKept = failed(/nothing is kept/);

/** Sets out and comes back; `onTheWay` may change what is brought back. */
async function signIn(
	access: Access,
	who: Person,
	{
		settings = {},
		at = provider,
		onTheWay = (url: URL) => url
	}: { settings?: Partial<OidcSettings>; at?: OwnProvider; onTheWay?: (url: URL) => URL } = {}
) {
	const all = { ...at.settings, ...settings };
	const { url, keep } = well(await oidcStart(access, all, callback, morning), 'url');
	const back = onTheWay(await at.walk(url, who));
	return oidcFinish(access, all, back, keep, address, morning);
}

test('somebody invited is let in by the e-mail address, whole, and the account is open', async () => {
	const access = freshAccess();
	const { account, token } = invited(access);
	const { session } = well(await signIn(access, bo), 'session');
	expect(readSession(access, session, morning)).toMatchObject({
		state: 'whole',
		account: { id: account.id, state: 'open', lastSignIn: morning, hasSecondFactor: false }
	});
	expect(readLink(access, token, morning)).toBeUndefined();
	expect(auditEntries(access, { limit: 1, offset: 0 }).entries).toMatchObject([
		{ act: 'signedIn', who: account.id, address }
	]);
});

test('an account that is linked is known by the subject, whatever the e-mail address is now', async () => {
	const access = freshAccess();
	const { account } = invited(access);
	await signIn(access, bo);
	const moved = { sub: 'bo-1', email: 'bo@elsewhere.example', email_verified: false };
	const { session } = well(await signIn(access, moved), 'session');
	expect(readSession(access, session, morning)?.account.id).toBe(account.id);
	// the address has passed to another person at the organisation
	expect(await signIn(access, { ...bo, sub: 'bo-2' })).toEqual({ refused: 'unknownAccount' });
});

test('an account with a password keeps it beside', async () => {
	const access = freshAccess();
	const { account } = await enrolled(access);
	expect(await signIn(access, bo)).toHaveProperty('session');
	expect(findAccount(access, account.id)).toMatchObject({ hasSecondFactor: true, state: 'open' });
});

test('without an open account of its own nobody is let in, and the audit tells', async () => {
	const access = freshAccess();
	const unknown = { refused: 'unknownAccount' };
	expect(await signIn(access, bo)).toEqual(unknown);
	expect(await signIn(access, { sub: 'bo-1' })).toEqual(unknown);
	const { account } = invited(access);
	await signIn(access, bo);
	closeAccount(access, null, account.id, morning);
	expect(await signIn(access, bo)).toEqual(unknown);
	await addDemoAccount(access, { ...administrator, password: 'demo' }, morning);
	const anna = { sub: 'anna', email: administrator.email, email_verified: true };
	expect(await signIn(access, anna)).toEqual(unknown);
	const { entries } = auditEntries(access, { act: 'signInFailed', limit: 10, offset: 0 });
	expect(entries).toHaveLength(4);
	expect(entries[0]).toMatchObject({ who: null, name: '', what: 'OpenID Connect: unknownAccount', address });
});

test('an e-mail address that the provider has not verified lets in only where that is allowed', async () => {
	const access = freshAccess();
	invited(access);
	for (const each of [
		{ ...bo, email_verified: false },
		{ sub: bo.sub, email: manager.email }
	])
		expect(await signIn(access, each)).toEqual({ refused: 'notVerified' });
	const settings = { requireVerified: false };
	expect(await signIn(access, { ...bo, email_verified: false }, { settings })).toHaveProperty('session');
});

test('another claim may hold the address of the account', async () => {
	const access = freshAccess();
	invited(access);
	const settings = { claim: 'upn', requireVerified: false };
	const unknown = { refused: 'unknownAccount' };
	expect(await signIn(access, bo, { settings })).toEqual(unknown);
	const named = { sub: 'bo-1', upn: manager.email, email: administrator.email };
	expect(await signIn(access, named, { settings })).toHaveProperty('session');
});

test('a provider that tells of a person only when asked once more is asked', async () => {
	const access = freshAccess();
	invited(access);
	const reticent = await ownProvider('whenAsked');
	expect(await signIn(access, bo, { at: reticent })).toHaveProperty('session');
	await reticent.close();
});

test('a client without a secret is let in by PKCE alone', async () => {
	const access = freshAccess();
	invited(access);
	const settings = { clientId: 'public', clientSecret: undefined };
	expect(await signIn(access, bo, { settings })).toHaveProperty('session');
	const wrong = { clientSecret: 'not the secret of the client' };
	expect(await signIn(access, bo, { settings: wrong })).toEqual(failed(/challenge/));
});

test('where a way of signing in is asked for, another is refused', async () => {
	const access = freshAccess();
	invited(access);
	const settings = { acr: 'mfa' };
	const weak = await signIn(access, { ...bo, acr: 'password' }, { settings });
	expect(weak).toEqual({ refused: 'failed', why: 'acr is not the one asked for' });
	expect(await signIn(access, { ...bo, acr: 'mfa' }, { settings })).toHaveProperty('session');
});

test('another state, no state and an answer of the provider that is a refusal let nobody in', async () => {
	const access = freshAccess();
	invited(access);
	const withState = (state: string | undefined) => (url: URL) => {
		if (state === undefined) url.searchParams.delete('state');
		else url.searchParams.set('state', state);
		return url;
	};
	for (const state of ['of somebody else', undefined])
		expect(await signIn(access, bo, { onTheWay: withState(state) })).toEqual(failed(/"state"/));
	expect(await signIn(access, { sub: '' })).toEqual(failed(/access_denied/));
});

test('another code verifier or nonce than the one that was set out with lets nobody in', async () => {
	const access = freshAccess();
	invited(access);
	const changes = Object.entries({ verifier: /invalid_grant/, nonce: /claim/, state: /"state"/ });
	for (const [column, why] of changes) {
		const onTheWay = (url: URL) => {
			access.db.exec(`update journey set ${column} = '${'x'.repeat(43)}'`);
			return url;
		};
		expect(await signIn(access, bo, { onTheWay }), column).toEqual(failed(why));
	}
	expect(await signIn(access, bo)).toHaveProperty('session');
});

test('what is kept of the way out is used once, for ten minutes, by the browser that set out', async () => {
	const access = freshAccess();
	invited(access);
	const { settings } = provider;
	const setOut = async () => well(await oidcStart(access, settings, callback, morning), 'url');
	const finish = (back: URL, keep: string | undefined, at = morning) =>
		oidcFinish(access, settings, back, keep, address, at);
	const [first, second] = [await setOut(), await setOut()];
	const back = await provider.walk(first.url, bo);
	expect(await finish(back, undefined)).toEqual(notKept);
	expect(await finish(back, 'something')).toEqual(notKept);
	expect(await finish(back, second.keep)).toEqual(failed(/"state"/));
	expect(await finish(back, first.keep, morning + journeyLasts)).toEqual(notKept);
	expect(await finish(back, first.keep)).toHaveProperty('session');
	expect(await finish(back, first.keep)).toEqual(notKept);
	const third = await setOut();
	await oidcStart(access, settings, callback, morning + journeyLasts);
	const rows = access.db.prepare('select count(*) as rows from journey').get();
	expect(rows?.rows).toBe(1);
	expect(third.url).toMatch(/code_challenge_method=S256/);
});

test('a provider that does not answer, or is far away and not reached by https, is told of for the log', async () => {
	const access = freshAccess();
	const gone = await ownProvider();
	await gone.close();
	const start = (settings: Partial<OidcSettings>) =>
		oidcStart(access, { ...provider.settings, ...settings }, callback, morning);
	expect(await start({ issuer: gone.settings.issuer })).toEqual(failed(/fetch failed/));
	expect(await start({ issuer: 'http://provider.example' })).toEqual(failed(/https/i));
});

test('what the log is told is one short line without an identity number', () => {
	const told = reasonOf(new Error('a\nb\u001b[31m 195704289999', { cause: new Error('x'.repeat(900)) }));
	expect(told).toMatch(/^a b \[31m …: x+$/);
	expect(told).toHaveLength(300);
	expect(reasonOf('anything')).toBe('anything');
});
