import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { closeAccount, findAccount } from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import { addDemoAccount, demoAccounts } from '#lib/server/access/demo-accounts.ts';
import { listSessions, readSession } from '#lib/server/access/sessions.ts';
import { passSecondFactor, signIn } from '#lib/server/access/sign-in.ts';
import {
	address,
	administrator,
	codeAt,
	enrolled,
	freshAccess,
	hour,
	invited,
	manager,
	minute,
	morning,
	opened,
	password,
	there,
	well
} from './fresh-access.ts';

const later = morning + hour;
const acts = (access: ReturnType<typeof freshAccess>) =>
	auditEntries(access, { limit: 100, offset: 0 }).entries.map(({ act }) => act);

test('a password leads to the second factor, and its code to a whole session under another id', async () => {
	const access = freshAccess();
	const { secret, account } = await enrolled(access);
	const first = well(await signIn(access, { email: manager.email, password, address }, later), 'state');
	expect(first.state).toBe('secondFactor');
	const half = there(readSession(access, first.session, later));
	const code = codeAt(secret, later);
	const second = well(await passSecondFactor(access, half, code, address, later), 'session');
	const whole = there(readSession(access, second.session, later));
	expect(whole).toMatchObject({ state: 'whole', account: { id: account.id, lastSignIn: later } });
	expect(whole.id).not.toBe(half.id);
	expect(readSession(access, first.session, later)).toBeUndefined();
	expect(acts(access)[0]).toBe('signedIn');
});

test('an e-mail address is the same with capitals and blanks, a password however its letters are put together', async () => {
	const access = freshAccess();
	await opened(access);
	const written = { email: ' Bo.EK@Example.org ', password: password.normalize('NFD'), address };
	expect(await signIn(access, written, later)).toMatchObject({ state: 'enrol' });
});

test('a wrong password, no account, a closed and an invited one are answered alike', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	invited(access, administrator);
	const refused = { refused: 'wrong' };
	const tried = (email: string, written: string) =>
		signIn(access, { email, password: written, address }, later);
	expect(await tried(manager.email, 'tre stora grisar på fest')).toEqual(refused);
	expect(await tried('nobody@example.org', password)).toEqual(refused);
	expect(await tried('', '')).toEqual(refused);
	expect(await tried(administrator.email, password)).toEqual(refused);
	closeAccount(access, null, id, later);
	expect(await tried(manager.email, password)).toEqual(refused);
	expect(acts(access).filter((act) => act === 'signInFailed')).toHaveLength(5);
});

test('the audit tells of failures at an account, and of others without what was written', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	await signIn(access, { email: manager.email, password: 'x', address }, later);
	await signIn(access, { email: 'min hemliga fras', password: 'x', address }, later);
	const { entries } = auditEntries(access, { act: 'signInFailed', limit: 10, offset: 0 });
	expect(entries).toMatchObject([
		{ who: null, name: '', what: null, address },
		{ who: id, name: manager.name, what: null, address }
	]);
});

test('an unknown e-mail address takes as long as a known one', async () => {
	const access = freshAccess();
	await opened(access);
	const took = async (email: string, at: number) => {
		const begun = performance.now();
		await signIn(access, { email, password: 'not this one', address: null }, at);
		return performance.now() - begun;
	};
	const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
	for (let round = 0; round < 5; round++) {
		const at = later + round * hour;
		times.known.push(await took(manager.email, at));
		times.unknown.push(await took('nobody@example.org', at));
	}
	const fastest = (all: number[]) => Math.min(...all);
	expect(fastest(times.unknown) / fastest(times.known)).toBeGreaterThan(0.3);
	expect(fastest(times.unknown) / fastest(times.known)).toBeLessThan(3);
});

test('a password hashed with older parameters is hashed anew when it is used', async () => {
	const access = freshAccess();
	const { id } = await opened(access);
	const older =
		'$argon2id$v=19$m=8192,t=1,p=1$' +
		'AAAAAAAAAAAAAAAAAAAAAA$' +
		argon2Sync('argon2id', {
			message: Buffer.from(password),
			nonce: Buffer.alloc(16),
			parallelism: 1,
			tagLength: 32,
			memory: 8192,
			passes: 1
		})
			.toString('base64')
			.replace('=', '');
	access.db.prepare('update account set password = ? where id = ?').run(older, id);
	const kept = () => String(access.db.prepare('select password from account').get()?.password);
	expect(await signIn(access, { email: manager.email, password: 'x', address }, later)).toHaveProperty(
		'refused'
	);
	expect(kept()).toBe(older);
	expect(await signIn(access, { email: manager.email, password, address }, later)).toHaveProperty('state');
	expect(kept()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await signIn(access, { email: manager.email, password, address }, later)).toHaveProperty('state');
});

test('an account of a demo needs no second factor and shows its password; no other does', async () => {
	const access = freshAccess();
	await opened(access);
	expect(demoAccounts(access)).toEqual([]);
	await addDemoAccount(access, { ...administrator, password: 'demo' }, morning);
	expect(demoAccounts(access)).toMatchObject([
		{ email: administrator.email, password: 'demo', isDemo: true }
	]);
	const signed = await signIn(access, { email: administrator.email, password: 'demo', address }, later);
	expect(signed).toMatchObject({ state: 'whole' });
	await expect(addDemoAccount(access, { ...manager, password: 'demo' }, morning)).rejects.toThrow('UNIQUE');
	await expect(addDemoAccount(access, { ...manager, email: 'x', password: 'demo' }, morning)).rejects.toThrow(
		'email'
	);
});

test('every sign-in is a session of its own, and tells where it was begun', async () => {
	const access = freshAccess();
	const soon = morning + 5 * minute;
	const { account, secret } = await enrolled(access);
	const first = well(await signIn(access, { email: manager.email, password, address }, soon), 'state');
	const half = there(readSession(access, first.session, soon));
	await passSecondFactor(access, half, codeAt(secret, soon), '2001:db8::7', soon);
	expect(findAccount(access, account.id)?.lastSignIn).toBe(soon);
	expect(listSessions(access, account.id, soon)).toMatchObject([
		{ begunAt: soon, address: '2001:db8::7' },
		{ begunAt: morning, address }
	]);
});
