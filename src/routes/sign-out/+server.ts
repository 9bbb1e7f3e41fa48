import { redirect } from '@sveltejs/kit';
import { hrefTo } from '#lib/format/href.ts';
import { endSession } from '#lib/server/access/sessions.ts';
import { clearSession } from '../session-cookie.ts';
import type { RequestHandler } from './$types';

/** Ends the session, and has the browser forget what it has kept of the pages. */
export const POST: RequestHandler = ({ locals: { access, session, instant }, cookies, url, setHeaders }) => {
	if (session) endSession(access, session, instant);
	clearSession(cookies, url);
	setHeaders({ 'clear-site-data': '"cache", "storage"', 'cache-control': 'private, no-store' });
	redirect(303, `${hrefTo('/sign-in')}?why=signedOut`);
};
