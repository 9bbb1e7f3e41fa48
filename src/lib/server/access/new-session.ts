import { existingAccount } from './account-row.ts';
import { record } from './audit.ts';
import type { Access } from './open.ts';
import { randomToken, sha256 } from './token.ts';

export const sessionStates = ['whole', 'secondFactor', 'enrol'] as const;

/** How far somebody has come: all the way, or a second factor has still to be shown, or to be set up. */
export type SessionState = (typeof sessionStates)[number];

/** Puts a new session into the table and gives what its cookie holds, `id.secret`; of the secret only a hash is kept. */
export function keepSession(
	{ db }: Access,
	accountId: string,
	state: SessionState,
	address: string | null,
	instant: number
): string {
	const [id, secret] = [randomToken(16), randomToken()];
	db.prepare(
		`insert into session (id, secret_hash, account, state, begun_at, last_seen, address)
		values (?, ?, ?, ?, ?, ?, ?)`
	).run(id, sha256(secret), accountId, state, instant, instant, address);
	return `${id}.${secret}`;
}

/** Writes down that somebody is signed in now, with the account and in the audit. */
export function recordSignIn(
	access: Access,
	accountId: string,
	address: string | null,
	instant: number
): void {
	access.db.prepare('update account set last_sign_in = ? where id = ?').run(instant, accountId);
	const { name } = existingAccount(access, accountId);
	record(access, { at: instant, who: accountId, name, act: 'signedIn', address });
}
