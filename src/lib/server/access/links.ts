import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { existingAccount, findAccount, type KeptAccount } from './account-row.ts';
import { beginAttempt } from './attempts.ts';
import { doer, record } from './audit.ts';
import type { Access } from './open.ts';
import { passwordFault, type PasswordFault } from './password.ts';
import { hashPassword } from './password-hash.ts';
import { beginSession, endSessionsOf } from './sessions.ts';
import { stateAfterPassword } from './sign-in.ts';
import { randomToken, sha256 } from './token.ts';
import { transaction } from './transaction.ts';

const kinds = ['invitation', 'reset'] as const;

/** What a one-time link is for: a first password, or a new one. */
export type LinkKind = (typeof kinds)[number];

const hour = 60 * 60_000;

/** How long a link can be used, in ms. */
export const linkLasts: Record<LinkKind, number> = { invitation: 7 * 24 * hour, reset: 24 * hour };

/**
 * Makes a link and gives its token, of which only the SHA-256 is kept. The account's older links end. Throws for an
 * account that is closed.
 */
export function createLink(
	access: Access,
	by: Account | null,
	accountId: string,
	kind: LinkKind,
	instant: number
): string {
	const token = randomToken();
	transaction(access, () => {
		const { email, state } = existingAccount(access, accountId);
		if (state === 'closed') throw new Error(`The account ${accountId} is closed: it gets no link.`);
		endLinks(access, accountId);
		access.db
			.prepare('insert into link (token_hash, account, kind, ends_at) values (?, ?, ?, ?)')
			.run(sha256(token), accountId, kind, instant + linkLasts[kind]);
		record(access, { at: instant, ...doer(access, by), act: 'linkMade', what: `${email} (${kind})` });
	});
	return token;
}

/** Ends the links of an account. */
export function endLinks({ db }: Access, accountId: string): void {
	db.prepare('delete from link where account = ?').run(accountId);
}

const row = z.object({ kind: z.enum(kinds), accountId: z.string() });

/** What a token is for and whose it is; undefined when it is used, too old or none of ours. */
export function readLink(
	access: Access,
	token: string,
	instant: number
): { kind: LinkKind; account: KeptAccount } | undefined {
	const found = access.db
		.prepare('select kind, account as accountId from link where token_hash = ? and ends_at > ?')
		.get(sha256(token), instant);
	if (!found) return undefined;
	const { kind, accountId } = row.parse(found);
	const account = findAccount(access, accountId);
	return account && account.state !== 'closed' ? { kind, account } : undefined;
}

/**
 * Sets the password by a link, which is used up by that, opens an account that was invited, makes a demo's account
 * an ordinary one, ends the sessions it had and begins one; or tells what is wrong with the password. Undefined when
 * the link cannot be used, or when too many links that are none have been tried from the address.
 */
export async function useLink(
	access: Access,
	token: string,
	password: string,
	address: string | null,
	instant: number
): Promise<{ session: string } | { wrong: PasswordFault } | undefined> {
	const attempt = beginAttempt(access, 'code', null, address, instant);
	const link = 'succeeded' in attempt ? readLink(access, token, instant) : undefined;
	if (!link || !('succeeded' in attempt)) return undefined;
	attempt.succeeded();
	const wrong = passwordFault(password, link.account);
	if (wrong) return { wrong };
	const hash = await hashPassword(password);
	return transaction(access, () => {
		// another request may have used it while the hash was computed
		const still = readLink(access, token, instant);
		if (!still) return undefined;
		const { id, name } = still.account;
		endLinks(access, id);
		endSessionsOf(access, id);
		access.db
			.prepare(
				`update account set password = ?, is_demo = 0, demo_password = null, state = 'open' where id = ?`
			)
			.run(hash, id);
		record(access, { at: instant, who: id, name, act: 'linkUsed', what: still.kind, address });
		const session = beginSession(
			access,
			id,
			stateAfterPassword(existingAccount(access, id)),
			address,
			instant
		);
		return { session };
	});
}
