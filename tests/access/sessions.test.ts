import { expect, test } from 'vitest';
import { changeAccount, closeAccount, openAccount } from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import {
	absoluteLimit,
	beginSession,
	endAllSessions,
	endSession,
	idleLimit,
	listSessions,
	readSession
} from '#lib/server/access/sessions.ts';
import { address, freshAccess, manager, minute, morning, opened, there } from './fresh-access.ts';

const begun = async (at = morning) => {
	const access = freshAccess();
	const account = await opened(access);
	const cookie = beginSession(access, account.id, 'whole', address, at);
	return { access, account, cookie };
};

test('a session ends when nothing has been asked for thirty minutes', async () => {
	const { access, cookie } = await begun();
	expect(readSession(access, cookie, morning + idleLimit - 1)).toBeDefined();
	expect(readSession(access, cookie, morning + 2 * idleLimit - 2)).toBeDefined();
	expect(readSession(access, cookie, morning + 3 * idleLimit - 2)).toBeUndefined();
});

test('a session ends after ten hours, however much is asked', async () => {
	const { access, cookie } = await begun();
	for (let at = morning; at < morning + absoluteLimit; at += 20 * minute)
		expect(readSession(access, cookie, at)).toBeDefined();
	expect(readSession(access, cookie, morning + absoluteLimit - 1)).toBeDefined();
	expect(readSession(access, cookie, morning + absoluteLimit)).toBeUndefined();
});

test('when a session was used last is written once a minute', async () => {
	const { access, cookie } = await begun();
	const seen = (at: number) => readSession(access, cookie, at)?.lastSeen;
	expect(seen(morning + minute - 1)).toBe(morning);
	expect(seen(morning + minute)).toBe(morning + minute);
	expect(seen(morning + minute + 1)).toBe(morning + minute);
});

test('a cookie that is not ours, or not quite, is no session', async () => {
	const { access, cookie } = await begun();
	const [id, secret = ''] = cookie.split('.');
	const changed = (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1);
	const wrong = [undefined, '', '.', id, `${id}.`, `.${secret}`, `${id}.${changed}`, `${cookie}.`, `${id}.x`];
	for (const each of wrong) expect(readSession(access, each, morning), each).toBeUndefined();
	expect(readSession(access, cookie, morning)?.id).toBe(id);
});

test('signing out ends the session; everywhere ends all, and says how many', async () => {
	const { access, cookie, account } = await begun();
	const other = beginSession(access, account.id, 'whole', address, morning);
	endSession(access, there(readSession(access, cookie, morning)), morning);
	expect(readSession(access, cookie, morning)).toBeUndefined();
	expect(readSession(access, other, morning)).toBeDefined();
	// the one of the link by which the account was opened is there too
	expect(endAllSessions(access, account, account.id, morning)).toBe(2);
	expect(readSession(access, other, morning)).toBeUndefined();
	expect(listSessions(access, account.id, morning)).toEqual([]);
	const { entries } = auditEntries(access, { limit: 2, offset: 0 });
	expect(entries.map(({ act, who }) => [act, who])).toEqual([
		['signedOutEverywhere', account.id],
		['signedOut', account.id]
	]);
});

test('the list of sessions has the one used last first, and none that has ended', async () => {
	const { access, cookie, account } = await begun();
	beginSession(access, account.id, 'whole', '192.0.2.2', morning + minute);
	readSession(access, cookie, morning + 10 * minute);
	const addresses = (at: number) => listSessions(access, account.id, at).map((each) => each.address);
	expect(addresses(morning + 10 * minute)).toEqual([address, '192.0.2.2']);
	expect(addresses(morning + minute + idleLimit)).toEqual([address]);
});

test('a change of what somebody may see ends the sessions, another name does not', async () => {
	const { access, cookie, account } = await begun();
	changeAccount(access, null, account.id, { ...manager, name: 'Bo Eklund' }, morning);
	expect(readSession(access, cookie, morning)?.account.name).toBe('Bo Eklund');
	changeAccount(access, null, account.id, { ...manager, units: ['danderyd', 'lund'] }, morning);
	expect(readSession(access, cookie, morning)).toBeUndefined();
	const next = beginSession(access, account.id, 'whole', address, morning);
	changeAccount(access, null, account.id, { ...manager, role: 'statistician' }, morning);
	expect(readSession(access, next, morning)).toBeUndefined();
});

test('a closed account has no session, also when it is opened again', async () => {
	const { access, cookie, account } = await begun();
	closeAccount(access, null, account.id, morning);
	expect(readSession(access, cookie, morning)).toBeUndefined();
	openAccount(access, null, account.id, morning);
	expect(readSession(access, cookie, morning)).toBeUndefined();
});

test('sessions that have ended are removed when another begins', async () => {
	const { access, account } = await begun();
	const count = () => Number(access.db.prepare('select count(*) as sessions from session').get()?.sessions);
	expect(count()).toBe(2);
	beginSession(access, account.id, 'whole', address, morning + idleLimit);
	expect(count()).toBe(1);
});
