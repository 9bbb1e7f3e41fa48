import { z } from 'zod';
import { roles, type Account } from '#lib/access/role.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import { emailAsKept } from './account-row.ts';

/** What somebody states of an account; a unit manager needs units, a coordinator regions. */
export type NewAccount = Omit<Account, 'id'>;

export const accountFields = ['email', 'name', 'role', 'units', 'regions', 'lastAdministrator'] as const;

/** A field that has to be mended; `lastAdministrator` when nobody would be left who could administer. */
export type AccountField = (typeof accountFields)[number];

const names = z
	.array(z.string().trim().min(1).max(100))
	.readonly()
	.transform((each) => [...new Set(each)]);

const hasIdentityNumber = (text: string) => withoutIdentityNumbers(text) !== text;
/** Characters that show nothing themselves and change how what follows is shown. */
const unseen = /\p{C}/u;

const stated = z
	.object({
		email: z
			.string()
			.max(254)
			.transform(emailAsKept)
			.pipe(z.email().refine((email) => !hasIdentityNumber(email))),
		name: z
			.string()
			.transform((name) => name.normalize('NFC').trim().replace(/\s+/g, ' '))
			.pipe(
				z
					.string()
					.min(1)
					.max(100)
					.refine((name) => !unseen.test(name) && !hasIdentityNumber(name))
			),
		role: z.enum(roles),
		units: names,
		regions: names
	})
	// what the role has no use for is not kept: it would come alive when the role changes
	.transform((account) => ({
		...account,
		units: account.role === 'unitManager' ? account.units : [],
		regions: account.role === 'coordinator' ? account.regions : []
	}));

/** An account as it may be kept, or the fields that are missing or not as they should be. */
export function readAccount(account: NewAccount): { account: NewAccount } | { wrong: AccountField[] } {
	const read = stated.safeParse(account);
	if (!read.success) {
		const paths = new Set(read.error.issues.map(({ path }) => path[0]));
		return { wrong: accountFields.filter((field) => paths.has(field)) };
	}
	const { role, units, regions } = read.data;
	if (role === 'unitManager' && units.length === 0) return { wrong: ['units'] };
	if (role === 'coordinator' && regions.length === 0) return { wrong: ['regions'] };
	return { account: read.data };
}
