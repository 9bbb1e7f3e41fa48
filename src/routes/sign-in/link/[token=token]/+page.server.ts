import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { readLink, useLink } from '#lib/server/access/links.ts';
import { leastCharacters } from '#lib/server/access/password.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import { passwordWords } from '../../../password-words.ts';
import { letIn } from '../../let-in.ts';
import { wayOn } from '../../way-on.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * What a one-time link is for; answers 410 when it is none of ours, used or too old. The address is a secret, so it
 * goes to no other site; a page that named no origin at all could not send its own form.
 */
export const load: PageServerLoad = ({ locals: { access, instant }, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'strict-origin' });
	const link = readLink(access, params.token, instant);
	if (!link) error(410, m.error_410_text());
	const { name, email } = link.account;
	return { asOf: null, kind: link.kind, name, email, least: leastCharacters };
};

const complain = (complaint: { unequal: boolean; problem?: string }) => fail(400, complaint);

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, params, url } = event;
		const sent = await request.formData();
		const next = String(sent.get('next') ?? '');
		if (next !== String(sent.get('again') ?? '')) return complain({ unequal: true });
		const { access, address, instant } = locals;
		const used = await useLink(access, params.token, next, address, instant);
		if (!used) error(410, m.error_410_text());
		if ('wrong' in used) return complain({ unequal: false, problem: passwordWords(used.wrong) });
		letIn(event, used.session);
		redirect(303, wayOn(url, readSession(access, used.session, instant)?.state ?? 'whole'));
	}
};
