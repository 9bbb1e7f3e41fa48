import { fail } from '@sveltejs/kit';
import { roles } from '#lib/access/role.ts';
import { reachBrief } from '#lib/format/account-text.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { accountStates, findByEmail, type KeptAccount } from '#lib/server/access/account-row.ts';
import { invite, listAccounts } from '#lib/server/access/accounts.ts';
import { askedChoice } from '../asked-view.ts';
import { OnServer } from '../on-server.ts';
import { choosable, statedAccount } from './stated-account.ts';
import type { Actions, PageServerLoad } from './$types';

/** The accounts that the address asks for, and what an invitation may choose among. */
export const load: PageServerLoad = ({ locals: { access, register }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const all = listAccounts(access);
	const role = askedChoice(url, 'role', ['all', ...roles]);
	const state = askedChoice(url, 'state', ['all', ...accountStates]);
	const query = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const shown = all.filter(
		(account) =>
			(role === 'all' || account.role === role) &&
			(state === 'all' || account.state === state) &&
			isFound(account, query)
	);
	const { definition } = register;
	const locale = getLocale();
	return {
		asOf: null,
		accounts: new OnServer({
			shown: shown.map((account) => ({
				...account,
				reach: reachBrief(account, definition.unitById, locale),
				lastSignIn: account.lastSignIn === null ? null : swedishTime(account.lastSignIn)
			})),
			total: all.length,
			open: all.filter((account) => account.state === 'open').length,
			role,
			state,
			query,
			...choosable(definition)
		})
	};
};

const isFound = ({ name, email }: KeptAccount, query: string) =>
	`${name} ${email}`.toLocaleLowerCase('sv').includes(query.toLocaleLowerCase('sv'));

export const actions: Actions = {
	invite: async ({ request, locals, url }) => {
		const { access, register, account: by, instant } = locals;
		const { stated, wrong } = statedAccount(await request.formData(), register.definition);
		if (wrong.length) return fail(400, { stated, wrong, isTaken: false });
		const invited = invite(access, by ?? null, stated, instant);
		if ('wrong' in invited) {
			const isTaken = findByEmail(access, stated.email) !== undefined;
			return fail(400, { stated, wrong: invited.wrong, isTaken });
		}
		const { id, name, email } = invited.account;
		const link = url.origin + localizeHref(`/sign-in/link/${invited.token}`);
		return { invited: { id, name, email, link } };
	}
};
