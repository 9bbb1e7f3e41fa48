import type { Cookies } from '@sveltejs/kit';
import { z } from 'zod';
import { localPath } from '#lib/format/local-path.ts';
import { locales } from '#lib/paraglide/runtime.js';
import { journeyLasts } from '#lib/server/access/oidc.ts';

/** What the browser keeps while somebody signs in at the organisation, and where they go then, in which language. */
const journey = z.object({ keep: z.string(), wanted: z.string(), locale: z.enum(locales) });
type Journey = z.infer<typeof journey>;

const nameOf = (url: URL) => (url.protocol === 'https:' ? '__Host-journey' : 'journey');
const attributes = (url: URL) =>
	({ path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' }) as const;

/** Where the organisation sends people back to. It knows one address only, so that is in no language. */
export const callbackOf = (url: URL) => `${url.origin}/sign-in/oidc/callback`;

export function keepJourney(cookies: Cookies, url: URL, kept: Journey): void {
	cookies.set(nameOf(url), JSON.stringify(kept), { ...attributes(url), maxAge: journeyLasts / 1000 });
}

/** What was kept when the reader set out, if it was; it is forgotten by that. */
export function takeJourney(cookies: Cookies, url: URL): Journey | undefined {
	const written = cookies.get(nameOf(url));
	cookies.delete(nameOf(url), attributes(url));
	try {
		const kept = journey.parse(JSON.parse(written ?? ''));
		return { ...kept, wanted: localPath(kept.wanted) ?? '/' };
	} catch {
		return undefined;
	}
}
