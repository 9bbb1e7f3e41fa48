import { record } from './audit.ts';
import { knownPassword } from './known-password.ts';
import { endLinks } from './links.ts';
import type { Access } from './open.ts';
import { passwordFault, type PasswordFault } from './password.ts';
import { hashPassword, passwordHashOf } from './password-hash.ts';
import { assertGoesOn, endSessionsOf, type Session } from './sessions.ts';
import { transaction } from './transaction.ts';

/**
 * Changes the password of whoever is signed in and knows it, and ends the other sessions and the links; or tells
 * what is wrong. Throws for a demo account, whose password is everybody's.
 */
export async function changePassword(
	access: Access,
	session: Session,
	{ current, next }: { current: string; next: string },
	instant: number
): Promise<'changed' | { wrong: PasswordFault | 'current' }> {
	const { account, address } = session;
	if (account.isDemo) throw new Error('The password of a demo account is not changed.');
	const hash = await knownPassword(access, session, current, instant);
	if (hash === undefined) return { wrong: 'current' };
	const wrong = passwordFault(next, account);
	if (wrong) return { wrong };
	const renewed = await hashPassword(next);
	return transaction(access, () => {
		assertGoesOn(access, session);
		if (passwordHashOf(access, account.id) !== hash) return { wrong: 'current' };
		access.db.prepare('update account set password = ? where id = ?').run(renewed, account.id);
		endLinks(access, account.id);
		endSessionsOf(access, account.id, session.id);
		record(access, { at: instant, who: account.id, name: account.name, act: 'passwordChanged', address });
		return 'changed';
	});
}
