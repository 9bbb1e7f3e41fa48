import { z } from 'zod';
import { roles, type Account } from '#lib/access/role.ts';
import type { Access } from './open.ts';

export const accountStates = ['invited', 'open', 'closed'] as const;

/** An account as it is kept; times are ms since 1970. Somebody `invited` has not chosen a password yet. */
export type KeptAccount = Account & {
	state: (typeof accountStates)[number];
	isDemo: boolean;
	hasSecondFactor: boolean;
	lastSignIn: number | null;
	createdAt: number;
};

const list = z
	.string()
	.transform((text): unknown => JSON.parse(text))
	.pipe(z.array(z.string()));
const yes = z.int().transform((number) => number === 1);

const row: z.ZodType<KeptAccount> = z.object({
	id: z.string(),
	email: z.string(),
	name: z.string(),
	role: z.enum(roles),
	units: list,
	regions: list,
	state: z.enum(accountStates),
	isDemo: yes,
	hasSecondFactor: yes,
	lastSignIn: z.int().nullable(),
	createdAt: z.int()
});

const columns = `id, email, name, role, units, regions, state, is_demo as isDemo, last_sign_in as lastSignIn,
	created_at as createdAt, exists (select 1 from second_factor where account = id) as hasSecondFactor`;

/** An e-mail address as it is kept and asked for: whoever writes it, it is the same account. */
export const emailAsKept = (email: string) => email.trim().normalize('NFC').toLowerCase();

/** All accounts by name, the closed ones too. */
export function listAccounts({ db }: Access): KeptAccount[] {
	const names = new Intl.Collator('sv');
	return z
		.array(row)
		.parse(db.prepare(`select ${columns} from account`).all())
		.sort((a, b) => names.compare(a.name, b.name) || names.compare(a.email, b.email));
}

/** The account with this id, if there is one. */
export const findAccount = (access: Access, id: string) => one(access, 'id = ?', id);

/** The account with this e-mail address, however it is written. */
export const findByEmail = (access: Access, email: string) => one(access, 'email = ?', emailAsKept(email));

/** The account that an organisation's sign-in has been linked to. */
export const findBySubject = (access: Access, issuer: string, subject: string) =>
	one(access, 'issuer = ? and subject = ?', issuer, subject);

function one({ db }: Access, where: string, ...values: string[]): KeptAccount | undefined {
	const found = db.prepare(`select ${columns} from account where ${where}`).get(...values);
	return found && row.parse(found);
}

/** The account with this id. Throws when there is none: whoever asks has found it before. */
export function existingAccount(access: Access, id: string): KeptAccount {
	const account = findAccount(access, id);
	if (!account) throw new Error(`There is no account ${id}.`);
	return account;
}
