import { fail, redirect } from '@sveltejs/kit';
import { waitText } from '#lib/format/wait-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { readSession } from '#lib/server/access/sessions.ts';
import { passSecondFactor } from '#lib/server/access/sign-in.ts';
import { setSession } from '../../session-cookie.ts';
import { wantedPage, wayOn, withWanted } from '../way-on.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whether the reader writes a recovery code, which has letters too, in place of one from the app. */
const isRecovery = (url: URL) => url.searchParams.get('with') === 'recovery';

export const load: PageServerLoad = ({ locals: { session }, url, request, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	// whoever has just passed with a recovery code is told how many are left before going on
	const passed = session?.state === 'whole' && request.method === 'POST';
	if (!session) redirect(303, withWanted('/sign-in', url));
	if (session.state !== 'secondFactor' && !passed) redirect(303, wayOn(url, session.state));
	const here = withWanted('/sign-in/second-factor', url);
	return {
		asOf: null,
		recovery: isRecovery(url),
		otherWay: isRecovery(url) ? here : `${here}${here.includes('?') ? '&' : '?'}with=recovery`,
		wanted: wantedPage(url)
	};
};

export const actions: Actions = {
	default: async ({ request, locals, cookies, url, setHeaders }) => {
		const { access, session, address, instant } = locals;
		if (session?.state !== 'secondFactor') redirect(303, withWanted('/sign-in', url));
		const code = String((await request.formData()).get('code') ?? '');
		const passed = await passSecondFactor(access, session, code, address, instant);
		if ('session' in passed) {
			setSession(cookies, url, passed.session);
			if (passed.recoveryCodesLeft === undefined) redirect(303, wantedPage(url));
			locals.session = readSession(access, passed.session, instant);
			locals.account = locals.session?.account;
			return { left: passed.recoveryCodesLeft };
		}
		if (passed.refused === 'wrong')
			return fail(400, { wrong: isRecovery(url) ? m.second_recovery_wrong() : m.second_wrong() });
		setHeaders({ 'retry-after': String(passed.retryAfter) });
		return fail(429, { wrong: m.sign_too_many({ wait: waitText(passed.retryAfter, getLocale()) }) });
	}
};
