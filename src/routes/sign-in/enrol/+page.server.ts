import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { enrol, enrolment } from '#lib/server/access/second-factor.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import { setSession } from '../../session-cookie.ts';
import { wantedPage, wayOn, withWanted } from '../way-on.ts';
import { qrPath } from './qr-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, request, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { access, session } = locals;
	if (!session) redirect(303, withWanted('/sign-in', url));
	// the answer to the right code shows the recovery codes, once
	const isDone = session.state === 'whole' && request.method === 'POST';
	if (session.state !== 'enrol' && !isDone) redirect(303, wayOn(url, session.state));
	const common = { asOf: null, today: locals.asOf, email: session.account.email, wanted: wantedPage(url) };
	if (isDone) return { ...common, pending: undefined };
	const { secret, uri } = enrolment(access, session);
	return { ...common, pending: { key: secret.replace(/.{4}(?=.)/g, '$& '), picture: qrPath(uri) } };
};

export const actions: Actions = {
	default: async ({ request, locals, cookies, url }) => {
		const { access, session, instant } = locals;
		if (session?.state !== 'enrol') redirect(303, withWanted('/sign-in', url));
		const code = String((await request.formData()).get('code') ?? '');
		const done = await enrol(access, session, code, instant);
		if ('refused' in done) return fail(400, { wrong: m.enrol_wrong() });
		setSession(cookies, url, done.session);
		locals.session = readSession(access, done.session, instant);
		locals.account = locals.session?.account;
		return { codes: done.recoveryCodes };
	}
};
