import { beginAttempt } from './attempts.ts';
import { record } from './audit.ts';
import type { Access } from './open.ts';
import { passwordHashOf, verifyPassword } from './password-hash.ts';
import type { Session } from './sessions.ts';

/**
 * Whether somebody who is signed in knows the password too, asked before what a stolen session must not be enough
 * for: the hash that it was held against, or undefined. Counts as an attempt to sign in.
 */
export async function knownPassword(
	access: Access,
	{ account, address }: Session,
	password: string,
	instant: number
): Promise<string | undefined> {
	const attempt = beginAttempt(access, 'password', account.email, address, instant);
	if ('retryAfter' in attempt) return undefined;
	const hash = passwordHashOf(access, account.id);
	if (await verifyPassword(password, hash)) {
		attempt.succeeded();
		return hash;
	}
	record(access, { at: instant, who: account.id, name: account.name, act: 'signInFailed', address });
	return undefined;
}
