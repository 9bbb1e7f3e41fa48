import type { Definition } from '#lib/catalogue/catalogue.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import {
	closeAccount,
	findByEmail,
	invite,
	listAccounts,
	openAccount,
	type AccountField,
	type KeptAccount,
	type NewAccount
} from '#lib/server/access/accounts.ts';
import { createLink } from '#lib/server/access/links.ts';
import type { Access } from '#lib/server/access/open.ts';
import { removeSecondFactor } from '#lib/server/access/second-factor.ts';
import { unitOf, UsageError } from '../import/arguments.ts';
import { nearest } from '../import/nearest.ts';
import type { Asked, Described } from './arguments.ts';

/** What can be put right in a field, in a sentence. */
const toMend: Record<AccountField, string> = {
	email: '--email is no e-mail address, or has an account already.',
	name: '--name has 1 to 100 characters.',
	role: '--role is not known.',
	units: '--unit is missing: which units does the unit manager have?',
	regions: '--region is missing: which regions does the coordinator have?',
	lastAdministrator: 'This is the last administrator who can sign in: open or make another one first.'
};

/** The account as it is kept, its units and regions those of the definition. Throws UsageError. */
function described(d: Definition, { email, ...person }: Described & { email: string }): NewAccount {
	const units = person.units.map((unit) => unitOf(d, unit).id);
	const known = [...new Set(d.units.map(({ region }) => region))];
	for (const region of person.regions) {
		if (known.includes(region)) continue;
		const near = nearest(
			region,
			known.map((each) => ({ texts: [each], shown: each }))
		);
		const said = near.length ? ` Near it: ${near.join(', ')}.` : '';
		throw new UsageError(`--region: the register ${d.register.id} has no region “${region}”.${said}`);
	}
	const { name, role, regions } = person;
	return { email, name, role, units, regions };
}

function accountOf(access: Access, email: string): KeptAccount {
	const account = findByEmail(access, email);
	if (account) return account;
	const near = nearest(
		email,
		listAccounts(access).map((each) => ({ texts: [each.email], shown: each.email }))
	);
	throw new UsageError(
		`--email: no account has “${email}”.${near.length ? ` Near it: ${near.join(', ')}.` : ''}`
	);
}

function mended<Result extends object>(result: Result | { wrong: AccountField[] }): Result {
	if ('wrong' in result) throw new UsageError(result.wrong.map((field) => toMend[field]).join(' '));
	return result;
}

/** One line: who, what the person may see, and since when. */
function line({
	email,
	name,
	role,
	units,
	regions,
	state,
	hasSecondFactor,
	lastSignIn
}: KeptAccount): string {
	const seen = lastSignIn === null ? 'has not signed in' : `signed in ${swedishTime(lastSignIn)}`;
	const factor = hasSecondFactor ? 'second factor' : 'no second factor';
	return [email, name, [role, ...units, ...regions].join(' '), state, factor, seen].join(' · ');
}

/** Does what is asked and gives the lines to print. Throws UsageError. */
export function answer(
	access: Access,
	asked: Asked,
	origin: string,
	d: Definition,
	instant: number
): string[] {
	if (asked.does === 'list') return listAccounts(access).map(line);
	const link = (token: string) => `${origin}/sign-in/link/${token}`;
	if (asked.does === 'make') {
		const { account, token } = mended(invite(access, null, described(d, asked), instant));
		return [line(account), 'To choose a password, within 7 days:', link(token)];
	}
	const { id, state } = accountOf(access, asked.email);
	if (asked.does === 'link') {
		if (state === 'closed') throw new UsageError('The account is closed: --open opens it again.');
		const token = createLink(access, null, id, asked.kind, instant);
		const within = asked.kind === 'reset' ? '24 hours' : '7 days';
		return [`To choose a password, within ${within}:`, link(token)];
	}
	if (asked.does === 'open') openAccount(access, null, id, instant);
	if (asked.does === 'close') mended(closeAccount(access, null, id, instant));
	if (asked.does === 'removeSecondFactor') removeSecondFactor(access, null, id, instant);
	return [line(accountOf(access, asked.email))];
}
