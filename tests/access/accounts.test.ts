import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
	changeAccount,
	closeAccount,
	findAccount,
	findByEmail,
	invite,
	listAccounts,
	openAccount,
	type NewAccount
} from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import { openAccess } from '#lib/server/access/open.ts';
import { closeServedAccess, servedAccess } from '#lib/server/access/served.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { transaction } from '#lib/server/access/transaction.ts';
import {
	address,
	administrator,
	freshAccess,
	invited,
	manager,
	morning,
	opened,
	password
} from './fresh-access.ts';

const wrong = (who: Partial<NewAccount>) => invite(freshAccess(), null, { ...manager, ...who }, morning);

test('an invited account is kept as it was stated, in letters that can be compared', () => {
	const access = freshAccess();
	const { account } = invited(access, {
		...manager,
		email: ' Bo.Ek@EXAMPLE.org',
		name: '  Bo \t Ek ',
		units: ['danderyd', 'lund', 'danderyd']
	});
	expect(account).toEqual({
		id: account.id,
		email: 'bo.ek@example.org',
		name: 'Bo Ek',
		role: 'unitManager',
		units: ['danderyd', 'lund'],
		regions: [],
		state: 'invited',
		isDemo: false,
		hasSecondFactor: false,
		lastSignIn: null,
		createdAt: morning
	});
	expect(findAccount(access, account.id)).toEqual(account);
	expect(findByEmail(access, 'BO.EK@example.org ')).toEqual(account);
	expect(findAccount(access, 'no-such-id')).toBeUndefined();
});

test('every field that cannot be kept is named', () => {
	expect(wrong({ email: 'no address' })).toEqual({ wrong: ['email'] });
	expect(wrong({ email: `${'a'.repeat(250)}@example.org`, name: ' ' })).toEqual({ wrong: ['email', 'name'] });
	expect(wrong({ name: 'x'.repeat(101) })).toEqual({ wrong: ['name'] });
	// what a terminal or a reader's eye would take for something else, and an identity number (a test number)
	for (const name of ['Bo\0Ek', 'Bo\u202eEk', 'Bo\u001b[2JEk', '\u200b', '19570428-9999'])
		expect(wrong({ name }), name).toEqual({ wrong: ['name'] });
	expect(wrong({ email: '195704289999@example.org' })).toEqual({ wrong: ['email'] });
	expect(wrong({ units: [] })).toEqual({ wrong: ['units'] });
	expect(wrong({ units: [''] })).toEqual({ wrong: ['units'] });
	expect(wrong({ role: 'coordinator', regions: [] })).toEqual({ wrong: ['regions'] });
	const role = JSON.parse('{ "role": "king" }') as Pick<NewAccount, 'role'>;
	expect(wrong(role)).toEqual({ wrong: ['role'] });
});

test('what a role has no use for is not kept', () => {
	const access = freshAccess();
	const { account } = invited(access, { ...manager, role: 'coordinator', regions: ['Region Skåne'] });
	expect(account).toMatchObject({ units: [], regions: ['Region Skåne'] });
	const changed = changeAccount(access, null, account.id, { ...account, role: 'statistician' }, morning);
	expect(changed).toMatchObject({ units: [], regions: [], email: account.email });
});

test('an e-mail address has one account, closed or not', () => {
	const access = freshAccess();
	const { account } = invited(access);
	const again = { ...administrator, email: manager.email.toUpperCase() };
	expect(invite(access, null, again, morning)).toEqual({ wrong: ['email'] });
	closeAccount(access, null, account.id, morning);
	expect(invite(access, null, again, morning)).toEqual({ wrong: ['email'] });
	expect(listAccounts(access)).toHaveLength(1);
});

test('accounts are listed by name as Swedes order letters', () => {
	const access = freshAccess();
	for (const name of ['Örjan', 'Zara', 'Åsa', 'anna'])
		invited(access, { ...manager, name, email: `${name.codePointAt(0)}@example.org` });
	expect(listAccounts(access).map(({ name }) => name)).toEqual(['anna', 'Zara', 'Åsa', 'Örjan']);
});

test('the last administrator who can sign in is neither closed nor given another role', async () => {
	const access = freshAccess();
	const last = { wrong: ['lastAdministrator'] };
	const first = await opened(access, administrator);
	const second = invited(access, { ...administrator, email: 'second@example.org' }).account;
	const demote = (id: string) =>
		changeAccount(access, null, id, { ...administrator, role: 'statistician' }, morning);
	expect(closeAccount(access, null, first.id, morning)).toEqual(last);
	expect(demote(first.id)).toEqual(last);
	expect(changeAccount(access, null, first.id, { ...administrator, name: 'Anna' }, morning)).toMatchObject({
		name: 'Anna'
	});
	const third = await opened(access, { ...administrator, email: 'third@example.org' });
	expect(demote(first.id)).toMatchObject({ role: 'statistician' });
	expect(closeAccount(access, null, third.id, morning)).toEqual(last);
	// who is only invited does not count, and can be closed
	expect(closeAccount(access, null, second.id, morning)).toMatchObject({ state: 'closed' });
});

test('a closed account is opened as it was: with its password, or invited still', async () => {
	const access = freshAccess();
	const [{ id }, other] = [await opened(access), invited(access, administrator).account];
	for (const each of [id, other.id]) closeAccount(access, null, each, morning);
	expect(openAccount(access, null, id, morning).state).toBe('open');
	expect(openAccount(access, null, other.id, morning).state).toBe('invited');
	expect(await signIn(access, { email: manager.email, password, address }, morning)).toHaveProperty(
		'session'
	);
});

test('the audit tells who did what to which account, and what it may see now', async () => {
	const access = freshAccess();
	const by = await opened(access, administrator);
	const { account } = invited(access);
	changeAccount(access, by, account.id, { ...manager, units: ['lund'] }, morning);
	closeAccount(access, by, account.id, morning);
	openAccount(access, by, account.id, morning);
	openAccount(access, by, account.id, morning);
	const { entries } = auditEntries(access, { limit: 5, offset: 0 });
	expect(entries.map(({ act, name, what }) => [act, name, what])).toEqual([
		['accountOpened', 'Anna Öst', 'bo.ek@example.org (unitManager lund)'],
		['accountClosed', 'Anna Öst', 'bo.ek@example.org (unitManager lund)'],
		['accountChanged', 'Anna Öst', 'bo.ek@example.org (unitManager lund)'],
		['linkMade', 'npm run account', 'bo.ek@example.org (invitation)'],
		['invited', 'npm run account', 'bo.ek@example.org (unitManager danderyd)']
	]);
	expect(entries[0]?.who).toBe(by.id);
	expect(() => closeAccount(access, by, 'nobody', morning)).toThrow('no account');
});

test('the file is for its owner only, and can be opened twice: what one writes the other reads', () => {
	const access = freshAccess();
	const { account } = invited(access);
	for (const file of ['accounts.sqlite', 'accounts.sqlite-wal', 'audit.head'])
		expect(statSync(join(access.folder, file)).mode & 0o777, file).toBe(0o600);
	const second = openAccess(access.folder);
	expect(findAccount(second, account.id)).toEqual(account);
	closeAccount(second, null, account.id, morning);
	second.close();
	expect(findAccount(access, account.id)?.state).toBe('closed');
});

test('what fails in a transaction leaves nothing of it', () => {
	const access = freshAccess();
	const failing = () =>
		transaction(access, () => {
			invited(access);
			throw new Error('disk full');
		});
	expect(failing).toThrow('disk full');
	expect(listAccounts(access)).toEqual([]);
	expect(auditEntries(access, { limit: 1, offset: 0 }).total).toBe(0);
	invited(access);
});

test('a process has one access to the accounts that it serves', () => {
	const { folder } = freshAccess();
	const served = servedAccess(folder);
	expect(servedAccess(folder)).toBe(served);
	closeServedAccess();
	expect(served.db.isOpen).toBe(false);
	expect(servedAccess(folder).db.isOpen).toBe(true);
	closeServedAccess();
});
