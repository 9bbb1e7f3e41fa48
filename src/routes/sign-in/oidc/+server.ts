import { error, redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { oidcStart } from '#lib/server/access/oidc.ts';
import { wantedPage, withReason } from '../way-on.ts';
import { callbackOf, keepJourney } from './journey-cookie.ts';
import type { RequestHandler } from './$types';

/** Leads to the organisation's sign-in. By a link: after a form our policy would not let the browser follow. */
export const GET: RequestHandler = async ({
	locals: { access, oidc, instant },
	cookies,
	url,
	setHeaders
}) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (!oidc) error(404);
	const started = await oidcStart(access, oidc, callbackOf(url), instant);
	if ('refused' in started) {
		console.error(`The organisation's sign-in cannot be reached: ${started.why}`);
		redirect(303, withReason(url, 'failed'));
	}
	keepJourney(cookies, url, { keep: started.keep, wanted: wantedPage(url), locale: getLocale() });
	redirect(303, started.url, { external: true });
};
