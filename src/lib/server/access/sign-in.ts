import { findByEmail, emailAsKept, type KeptAccount } from './account-row.ts';
import { beginAttempt } from './attempts.ts';
import { record } from './audit.ts';
import { isCode, takeCode } from './one-time-code.ts';
import type { Access } from './open.ts';
import { hashPassword, needsNewHash, passwordHashOf, verifyPassword } from './password-hash.ts';
import { recoveryCodesLeft, takeRecoveryCode } from './recovery-codes.ts';
import { beginSession, renewSession, type Session, type SessionState } from './sessions.ts';
import { transaction } from './transaction.ts';

/** Why nobody was let in; `retryAfter` in seconds. */
export type SignInRefusal = { refused: 'wrong' } | { refused: 'tooMany'; retryAfter: number };

/** What is still asked of somebody whose password was right. */
export function stateAfterPassword({ isDemo, hasSecondFactor }: KeptAccount): SessionState {
	if (isDemo) return 'whole';
	return hasSecondFactor ? 'secondFactor' : 'enrol';
}

/**
 * Signs somebody in by password, as far as a second factor. An e-mail address without an account is answered as a
 * wrong password is, after the same time.
 */
export async function signIn(
	access: Access,
	{ email, password, address }: { email: string; password: string; address: string | null },
	instant: number
): Promise<{ session: string; state: SessionState } | SignInRefusal> {
	const attempt = beginAttempt(access, 'password', emailAsKept(email), address, instant);
	if ('retryAfter' in attempt) return { refused: 'tooMany', ...attempt };
	const account = findByEmail(access, email);
	const hash = account?.state === 'open' ? passwordHashOf(access, account.id) : undefined;
	const isRight = await verifyPassword(password, hash);
	const renewed = isRight && hash && needsNewHash(hash) ? await hashPassword(password) : undefined;
	return transaction(access, () => {
		// it may have been closed or given another password while the hash was computed
		const current = findByEmail(access, email);
		if (!isRight || current?.state !== 'open' || passwordHashOf(access, current.id) !== hash) {
			recordFailure(access, account, 'signInFailed', address, instant);
			return { refused: 'wrong' };
		}
		if (renewed) access.db.prepare('update account set password = ? where id = ?').run(renewed, current.id);
		attempt.succeeded();
		const state = stateAfterPassword(current);
		return { session: beginSession(access, current.id, state, address, instant), state };
	});
}

/**
 * Takes the second factor of a session that waits for it, a code of now or a recovery code, each of them once, and
 * gives a whole session in place of it.
 */
export async function passSecondFactor(
	access: Access,
	session: Session,
	code: string,
	address: string | null,
	instant: number
): Promise<{ session: string; recoveryCodesLeft?: number } | SignInRefusal> {
	const { account } = session;
	if (session.state !== 'secondFactor') return { refused: 'wrong' };
	const attempt = beginAttempt(access, 'code', account.id, address, instant);
	if ('retryAfter' in attempt) return { refused: 'tooMany', ...attempt };
	const isOneTime = isCode(code);
	const isRight = isOneTime
		? takeCode(access, account.id, code, instant)
		: await takeRecoveryCode(access, account.id, code);
	if (!isRight) {
		recordFailure(access, account, 'secondFactorFailed', address, instant);
		return { refused: 'wrong' };
	}
	return transaction(access, () => {
		attempt.succeeded();
		const renewed = renewSession(access, { ...session, address }, instant);
		// it ended while the hash of the recovery code was computed
		if (renewed === undefined) return { refused: 'wrong' };
		if (isOneTime) return { session: renewed };
		const left = recoveryCodesLeft(access, account.id);
		const { id: who, name } = account;
		record(access, { at: instant, who, name, act: 'recoveryCodeUsed', what: `${left} left`, address });
		return { session: renewed, recoveryCodesLeft: left };
	});
}

/** What is refused for being too much is not recorded: whoever sends a flood of it would fill the audit. */
function recordFailure(
	access: Access,
	account: KeptAccount | undefined,
	act: 'signInFailed' | 'secondFactorFailed',
	address: string | null,
	at: number
): void {
	record(access, { at, who: account?.id ?? null, name: account?.name ?? '', act, address });
}
