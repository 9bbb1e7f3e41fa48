import { error, redirect } from '@sveltejs/kit';
import { hrefTo } from '#lib/format/href.ts';
import { oidcFinish } from '#lib/server/access/oidc.ts';
import { letIn } from '../../let-in.ts';
import { callbackOf, takeJourney } from '../journey-cookie.ts';
import type { RequestHandler } from './$types';

/** Whoever comes back from the organisation's sign-in is let in, or led to where the reason is told. */
export const GET: RequestHandler = async (event) => {
	const { locals, cookies, url, setHeaders } = event;
	setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
	const { access, oidc, address, instant } = locals;
	if (!oidc) error(404);
	const journey = takeJourney(cookies, url);
	const asked = new URL(callbackOf(url) + url.search);
	const finished = await oidcFinish(access, oidc, asked, journey?.keep, address, instant);
	if ('session' in finished) {
		letIn(event, finished.session);
		redirect(303, journey?.wanted ?? '/');
	}
	if (finished.why) console.error(`The organisation's sign-in failed: ${finished.why}`);
	const query = new URLSearchParams({ why: finished.refused, ...(journey && { to: journey.wanted }) });
	redirect(303, `${hrefTo('/sign-in', journey?.locale)}?${query}`);
};
