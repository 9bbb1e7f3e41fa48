import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { existingAccount } from './account-row.ts';
import { doer, record } from './audit.ts';
import { codeUri, newSecret, stepOf } from './one-time-code.ts';
import { knownPassword } from './known-password.ts';
import type { Access } from './open.ts';
import { keepRecoveryCodes, newRecoveryCodes, recoverySalt } from './recovery-codes.ts';
import { sealed, unsealed } from './sealed-secret.ts';
import { assertGoesOn, endSessionsOf, renewSession, type Session } from './sessions.ts';
import { transaction } from './transaction.ts';

export { recoveryCodesLeft } from './recovery-codes.ts';

/** The secret that a session offers its person to set up, the same until it is taken; and its otpauth address. */
export function enrolment(access: Access, session: Session): { secret: string; uri: string } {
	access.db
		.prepare('update session set pending_secret = ? where id = ? and pending_secret is null')
		.run(sealed(access, newSecret(), session.account.id), session.id);
	const secret = pendingSecret(access, session);
	if (secret === undefined) throw new Error('The session has ended.');
	return { secret, uri: codeUri(secret, session.account.email) };
}

/**
 * Sets the second factor up when the code shows that the telephone has the secret: a whole session in place of this
 * one, and ten recovery codes that are shown once. The account's other sessions end.
 */
export async function enrol(
	access: Access,
	session: Session,
	code: string,
	instant: number
): Promise<{ session: string; recoveryCodes: string[] } | { refused: 'wrong' }> {
	// whoever has only shown a password may not put another second factor in place of the one there is
	const mayEnrol =
		session.state !== 'secondFactor' && !(session.state === 'enrol' && session.account.hasSecondFactor);
	const secret = mayEnrol ? pendingSecret(access, session) : undefined;
	const step = secret === undefined ? undefined : stepOf(secret, code, instant);
	if (secret === undefined || step === undefined) return { refused: 'wrong' };
	const salt = randomBytes(16).toString('hex');
	const { codes, hashes } = await newRecoveryCodes(salt);
	const { id: who, name } = session.account;
	return transaction(access, () => {
		// the same code sent twice sets one factor up
		if (pendingSecret(access, session) !== secret) return { refused: 'wrong' };
		const renewed = renewSession(access, session, instant);
		if (renewed === undefined) return { refused: 'wrong' };
		access.db
			.prepare(
				`insert or replace into second_factor (account, secret, last_step, recovery_salt)
				values (?, ?, ?, ?)`
			)
			.run(who, sealed(access, secret, who), step, salt);
		keepRecoveryCodes(access, who, hashes);
		record(access, { at: instant, who, name, act: 'secondFactorSet', address: session.address });
		endSessionsOf(access, who, renewed.split('.')[0]);
		return { session: renewed, recoveryCodes: codes };
	});
}

function pendingSecret(access: Access, { id, account }: Session): string | undefined {
	const found = access.db.prepare('select pending_secret as secret from session where id = ?').get(id);
	const kept = z.string().nullish().parse(found?.secret);
	return kept ? unsealed(access, kept, account.id) : undefined;
}

/**
 * Ten new recovery codes in place of the old ones, shown once, for whoever knows the password too. Throws for an
 * account without a second factor.
 */
export async function renewRecoveryCodes(
	access: Access,
	session: Session,
	password: string,
	instant: number
): Promise<string[] | { wrong: 'current' }> {
	const { id: who, name } = session.account;
	const salt = recoverySalt(access, who);
	if (salt === undefined || session.state !== 'whole')
		throw new Error('There is no second factor to recover.');
	if ((await knownPassword(access, session, password, instant)) === undefined) return { wrong: 'current' };
	const { codes, hashes } = await newRecoveryCodes(salt);
	transaction(access, () => {
		assertGoesOn(access, session);
		keepRecoveryCodes(access, who, hashes);
		record(access, { at: instant, who, name, act: 'recoveryCodesRenewed', address: session.address });
	});
	return codes;
}

/** For a lost telephone, by an administrator: sessions end, and the next sign-in asks for a new second factor. */
export function removeSecondFactor(
	access: Access,
	by: Account | null,
	accountId: string,
	instant: number
): void {
	transaction(access, () => {
		const { email } = existingAccount(access, accountId);
		for (const table of ['recovery_code', 'second_factor'])
			access.db.prepare(`delete from ${table} where account = ?`).run(accountId);
		endSessionsOf(access, accountId);
		record(access, { at: instant, ...doer(access, by), act: 'secondFactorRemoved', what: email });
	});
}
