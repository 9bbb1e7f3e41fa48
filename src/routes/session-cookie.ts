import type { Cookies } from '@sveltejs/kit';

const attributes = (url: URL) =>
	({ path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' }) as const;

/**
 * What the cookie of a session is called. Over https the name binds it to this host and to the whole of it; over
 * plain http, on localhost, a browser would not take such a name.
 */
const nameOf = (url: URL) => (url.protocol === 'https:' ? '__Host-session' : 'session');

/** The cookie of the session that a request comes with; whether there is such a session is another question. */
export const sessionCookie = (cookies: Cookies, url: URL): string | undefined => cookies.get(nameOf(url));

/** Gives the browser a session. It is forgotten when the browser closes; the server limits it besides. */
export function setSession(cookies: Cookies, url: URL, value: string): void {
	cookies.set(nameOf(url), value, attributes(url));
}

export function clearSession(cookies: Cookies, url: URL): void {
	cookies.delete(nameOf(url), attributes(url));
}
