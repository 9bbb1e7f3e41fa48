import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';
import {
	changeAccount,
	closeAccount,
	findAccount,
	openAccount,
	type AccountField,
	type KeptAccount,
	type NewAccount
} from '#lib/server/access/accounts.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import { createLink } from '#lib/server/access/links.ts';
import { removeSecondFactor } from '#lib/server/access/second-factor.ts';
import { endAllSessions, listSessions } from '#lib/server/access/sessions.ts';
import { shownEntry } from '../../audit/shown-entry.ts';
import { OnServer } from '../../on-server.ts';
import { choosable, statedAccount } from '../stated-account.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** So many of the latest entries of the log are shown. */
const latest = 10;

export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { access, instant, register, account: reader } = locals;
	const account = known(locals, params);
	const { entries, total } = auditEntries(access, { who: account.id, limit: latest, offset: 0 });
	return {
		asOf: null,
		account: new OnServer({
			account,
			isOwn: account.id === reader?.id,
			since: swedishTime(account.createdAt).slice(0, 10),
			lastSignIn: account.lastSignIn === null ? null : swedishTime(account.lastSignIn),
			sessions: listSessions(access, account.id, instant).map(({ begunAt, lastSeen, address }) => ({
				begun: swedishTime(begunAt),
				seen: swedishTime(lastSeen),
				address
			})),
			entries: entries.map((entry) => shownEntry(entry, register.definition.unitById)),
			total,
			definition: register.definition,
			...choosable(register.definition)
		})
	};
};

/** What has to be mended in which of the forms; `self` where another administrator has to do it. */
type Complaint = {
	form: 'change' | 'second' | 'close';
	wrong: (AccountField | 'self' | 'sure')[];
	stated?: NewAccount;
};
const complain = (complaint: Complaint) => fail(400, complaint);

/** What was done. */
type Done = { done: 'saved' | 'closed' | 'opened' | 'second' } | { ended: number } | { link: string };
const did = (done: Done) => done;

export const actions: Actions = {
	change: async ({ request, locals, params }) => {
		const { access, register, account: by, instant } = locals;
		const { id } = known(locals, params);
		const { stated, wrong } = statedAccount(await request.formData(), register.definition);
		if (wrong.length) return complain({ form: 'change', wrong, stated });
		if (id === by?.id) return complain({ form: 'change', wrong: ['self'], stated });
		const changed = changeAccount(access, by ?? null, id, stated, instant);
		return 'wrong' in changed
			? complain({ form: 'change', wrong: changed.wrong, stated })
			: did({ done: 'saved' });
	},
	link: ({ locals, params, url }) => {
		const { access, account: by, instant } = locals;
		const { id, state, isDemo } = known(locals, params);
		if (state === 'closed' || isDemo) error(400);
		const token = createLink(access, by ?? null, id, state === 'invited' ? 'invitation' : 'reset', instant);
		return did({ link: url.origin + localizeHref(`/sign-in/link/${token}`) });
	},
	second: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		if (!(await isSure(request))) return complain({ form: 'second', wrong: ['sure'] });
		removeSecondFactor(locals.access, locals.account ?? null, id, locals.instant);
		return did({ done: 'second' });
	},
	close: async ({ request, locals, params }) => {
		const { access, account: by, instant } = locals;
		const { id } = known(locals, params);
		if (id === by?.id) return complain({ form: 'close', wrong: ['self'] });
		if (!(await isSure(request))) return complain({ form: 'close', wrong: ['sure'] });
		const closed = closeAccount(access, by ?? null, id, instant);
		return 'wrong' in closed ? complain({ form: 'close', wrong: closed.wrong }) : did({ done: 'closed' });
	},
	open: ({ locals, params }) => {
		openAccount(locals.access, locals.account ?? null, known(locals, params).id, locals.instant);
		return did({ done: 'opened' });
	},
	sessions: ({ locals, params }) => {
		const { id } = known(locals, params);
		return did({ ended: endAllSessions(locals.access, locals.account ?? null, id, locals.instant) });
	}
};

/** The account that the address names; answers 404 where there is none. */
function known({ access }: RequestEvent['locals'], params: RouteParams): KeptAccount {
	return findAccount(access, params.account) ?? error(404, m.accounts_unknown());
}

/** Whether the box was ticked that says that this is meant. */
async function isSure(request: Request): Promise<boolean> {
	return (await request.formData()).get('sure') === 'yes';
}
