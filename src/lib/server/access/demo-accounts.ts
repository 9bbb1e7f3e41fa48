import { z } from 'zod';
import { readAccount, type NewAccount } from './account-fields.ts';
import { listAccounts, type KeptAccount } from './account-row.ts';
import { keepAccount } from './accounts.ts';
import type { Access } from './open.ts';
import { hashPassword } from './password-hash.ts';
import { transaction } from './transaction.ts';

/**
 * Adds an open account for a demo: it needs no second factor, and its password is kept so that the sign-in page can
 * show it. Throws when a field is not as it should be or the e-mail address has an account already.
 */
export async function addDemoAccount(
	access: Access,
	{ password, ...stated }: NewAccount & { password: string },
	instant: number
): Promise<void> {
	const read = readAccount(stated);
	if ('wrong' in read) throw new Error(`A demo account cannot be made: ${read.wrong.join(', ')}.`);
	const hash = await hashPassword(password);
	transaction(access, () => {
		const { id } = keepAccount(access, read.account, 'open', instant);
		access.db
			.prepare('update account set is_demo = 1, password = ?, demo_password = ? where id = ?')
			.run(hash, password, id);
	});
}

/** The open accounts of a demo with their passwords; of any other register there are none. */
export function demoAccounts(access: Access): (KeptAccount & { password: string })[] {
	const rows = access.db
		.prepare(
			`select id, demo_password as password from account where demo_password is not null and state = 'open'`
		)
		.all();
	const passwords = new Map(
		z
			.array(z.object({ id: z.string(), password: z.string() }))
			.parse(rows)
			.map(({ id, password }) => [id, password])
	);
	return listAccounts(access).flatMap((account) => {
		const password = passwords.get(account.id);
		return password === undefined ? [] : [{ ...account, password }];
	});
}
