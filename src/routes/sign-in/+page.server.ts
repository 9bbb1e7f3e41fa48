import { fail, redirect } from '@sveltejs/kit';
import { roles, type Account } from '#lib/access/role.ts';
import { waitText } from '#lib/format/wait-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { listAccounts } from '#lib/server/access/accounts.ts';
import { demoAccounts } from '#lib/server/access/demo-accounts.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { letIn } from './let-in.ts';
import { signInReasons, wantedPage, wayOn, withWanted } from './way-on.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (locals.account) redirect(303, wantedPage(url));
	const { access, oidc, register } = locals;
	const asked = url.searchParams.get('why');
	const demo = demoAccounts(access);
	return {
		asOf: null,
		why:
			signInReasons.find((reason) => reason === asked) ?? (url.searchParams.has('to') ? 'needed' : undefined),
		organisation: oidc && { name: oidc.name, href: withWanted('/sign-in/oidc', url) },
		nobody: listAccounts(access).length === 0,
		demo: demo.toSorted(byRole).map(({ email, password, role, units, regions }) => ({
			email,
			password,
			role,
			reach: [...units.map((id) => register.definition.unitById.get(id)?.name ?? id), ...regions]
		}))
	};
};

/** The one with the least reach first. */
const byRole = (a: Account, b: Account) => roles.indexOf(a.role) - roles.indexOf(b.role);

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, url, setHeaders } = event;
		const sent = await request.formData();
		const email = String(sent.get('email') ?? '');
		const password = String(sent.get('password') ?? '');
		const { access, address, instant } = locals;
		const signed = await signIn(access, { email, password, address }, instant);
		if ('session' in signed) {
			letIn(event, signed.session);
			redirect(303, wayOn(url, signed.state));
		}
		if (signed.refused === 'wrong') return fail(400, { email, wrong: m.sign_wrong() });
		setHeaders({ 'retry-after': String(signed.retryAfter) });
		return fail(429, { email, wrong: m.sign_too_many({ wait: waitText(signed.retryAfter, getLocale()) }) });
	}
};
