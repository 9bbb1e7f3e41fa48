import { randomUUID } from 'node:crypto';
import type { Account } from '#lib/access/role.ts';
import { readAccount, type AccountField, type NewAccount } from './account-fields.ts';
import { existingAccount, findByEmail, listAccounts, type KeptAccount } from './account-row.ts';
import { doer, record, type Act } from './audit.ts';
import { createLink, endLinks } from './links.ts';
import type { Access } from './open.ts';
import { endSessionsOf } from './sessions.ts';
import { transaction } from './transaction.ts';

export type { AccountField, NewAccount } from './account-fields.ts';
export { findAccount, findByEmail, listAccounts, type KeptAccount } from './account-row.ts';

/**
 * Makes an account and the token of its invitation; or names the fields to mend. `by` is null where a command does
 * it. An e-mail address that has an account already is one to mend.
 */
export function invite(
	access: Access,
	by: Account | null,
	who: NewAccount,
	instant: number
): { account: KeptAccount; token: string } | { wrong: AccountField[] } {
	const read = readAccount(who);
	if ('wrong' in read) return read;
	return transaction(access, () => {
		if (findByEmail(access, read.account.email)) return { wrong: ['email'] };
		const account = keepAccount(access, read.account, 'invited', instant);
		tell(access, by, 'invited', account, instant);
		return { account, token: createLink(access, by, account.id, 'invitation', instant) };
	});
}

/**
 * Changes name, role, units and regions, and gives the account as it is now; or names the fields to mend. When what
 * it may see changes, its sessions end.
 */
export function changeAccount(
	access: Access,
	by: Account | null,
	id: string,
	change: Omit<NewAccount, 'email'>,
	instant: number
): KeptAccount | { wrong: AccountField[] } {
	return transaction(access, () => {
		const before = existingAccount(access, id);
		const read = readAccount({ ...change, email: before.email });
		if ('wrong' in read) return read;
		const { name, role, units, regions } = read.account;
		if (role !== 'administrator' && isLastAdministrator(access, before)) return lastAdministrator;
		access.db
			.prepare('update account set name = ?, role = ?, units = ?, regions = ? where id = ?')
			.run(name, role, JSON.stringify(units), JSON.stringify(regions), id);
		if (reach(read.account) !== reach(before)) endSessionsOf(access, id);
		const after = existingAccount(access, id);
		tell(access, by, 'accountChanged', after, instant);
		return after;
	});
}

/** Nobody signs in by a closed account: its sessions and links end. The last administrator stays. */
export function closeAccount(
	access: Access,
	by: Account | null,
	id: string,
	instant: number
): KeptAccount | { wrong: AccountField[] } {
	return transaction(access, () => {
		const account = existingAccount(access, id);
		if (account.state === 'closed') return account;
		if (isLastAdministrator(access, account)) return lastAdministrator;
		access.db.prepare(`update account set state = 'closed' where id = ?`).run(id);
		endSessionsOf(access, id);
		endLinks(access, id);
		tell(access, by, 'accountClosed', account, instant);
		return existingAccount(access, id);
	});
}

/** Opens a closed account again; one that never had a password is invited still, and needs a new link. */
export function openAccount(access: Access, by: Account | null, id: string, instant: number): KeptAccount {
	return transaction(access, () => {
		const account = existingAccount(access, id);
		if (account.state !== 'closed') return account;
		access.db
			.prepare(
				`update account set state = case when password is null and subject is null then 'invited' else 'open' end
				where id = ?`
			)
			.run(id);
		tell(access, by, 'accountOpened', account, instant);
		return existingAccount(access, id);
	});
}

/** Puts a new account into the table, as one that has been read by readAccount. */
export function keepAccount(
	access: Access,
	{ email, name, role, units, regions }: NewAccount,
	state: KeptAccount['state'],
	instant: number
): KeptAccount {
	const id = randomUUID();
	access.db
		.prepare(
			`insert into account (id, email, name, role, units, regions, state, created_at)
			values (?, ?, ?, ?, ?, ?, ?, ?)`
		)
		.run(id, email, name, role, JSON.stringify(units), JSON.stringify(regions), state, instant);
	return existingAccount(access, id);
}

const lastAdministrator: { wrong: AccountField[] } = { wrong: ['lastAdministrator'] };

function isLastAdministrator(access: Access, { id, role, state }: KeptAccount): boolean {
	if (role !== 'administrator' || state !== 'open') return false;
	return !listAccounts(access).some(
		(other) => other.id !== id && other.role === 'administrator' && other.state === 'open'
	);
}

/** What an account may see, as one text that can be compared. */
const reach = ({ role, units, regions }: NewAccount) =>
	JSON.stringify([role, [...units].sort(), [...regions].sort()]);

function tell(access: Access, by: Account | null, act: Act, account: KeptAccount, at: number): void {
	const may = [account.role, ...account.units, ...account.regions].join(' ');
	record(access, { at, ...doer(access, by), act, what: `${account.email} (${may})` });
}
