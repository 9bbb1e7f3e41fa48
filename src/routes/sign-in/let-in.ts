import type { RequestEvent } from '@sveltejs/kit';
import { endSession } from '#lib/server/access/sessions.ts';
import { setSession } from '../session-cookie.ts';

/** Gives the browser the session of somebody who has just shown who they are; the one it had before ends. */
export function letIn({ locals, cookies, url }: RequestEvent, session: string): void {
	if (locals.session) endSession(locals.access, locals.session, locals.instant);
	setSession(cookies, url, session);
}
