import type { RequestEvent } from '@sveltejs/kit';
import { may } from '#lib/access/role.ts';
import { m } from '#lib/paraglide/messages.js';
import { localizeHref, type Locale } from '#lib/paraglide/runtime.js';
import { networkOf } from '#lib/server/access/network.ts';
import type { SessionState } from '#lib/server/access/sessions.ts';
import type { rateLimit } from './rate-limit.ts';
import type { Rule } from './route-rules.ts';

/** Bytes that a form may carry. */
const formBytes = 512 * 1024;

const reads = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * The answer to a request that is turned away before anything of it is read, or undefined. Plain text for what a
 * program sends; a reader is led to where to sign in, or told that there is no such page: whoever may not see a page
 * does not learn that there is one.
 */
export function refusal(
	event: RequestEvent,
	rule: Rule | undefined,
	locale: Locale,
	limit: ReturnType<typeof rateLimit>
): Response | 'noSuchPage' | undefined {
	const { request, locals } = event;
	return (
		fromElsewhere(event, locale) ??
		tooMany(event, rule, locale, limit) ??
		noAddressOfOurs(event) ??
		(rule && notAllowed(event, rule, locale)) ??
		(request.body === null ? undefined : tooLarge(request, rule, locale, locals.account !== undefined)) ??
		noForm(request, rule, locale)
	);
}

/** What changes something is taken from our own pages only. */
function fromElsewhere({ request, url }: RequestEvent, locale: Locale): Response | undefined {
	if (reads(request.method)) return undefined;
	const site = request.headers.get('sec-fetch-site');
	const own = site ? site === 'same-origin' : request.headers.get('origin') === url.origin;
	return own ? undefined : answer(403, m.error_other_site({ origin: url.origin }, { locale }));
}

function tooMany(
	{ locals }: RequestEvent,
	rule: Rule | undefined,
	locale: Locale,
	limit: ReturnType<typeof rateLimit>
): Response | undefined {
	const { account, address, instant } = locals;
	const cost = rule?.cost ?? 1;
	const wait = account
		? limit.take('account', account.id, cost, instant)
		: limit.take('address', networkOf(address), cost, instant);
	return wait === 0
		? undefined
		: answer(429, m.error_too_many({ seconds: wait }, { locale }), { 'retry-after': String(wait) });
}

/** A link to an address that begins with two slashes would lead to another host. */
const noAddressOfOurs = ({ url }: RequestEvent) => (url.pathname.includes('//') ? 'noSuchPage' : undefined);

/** Where a session that is not whole yet goes on. */
const nextStep: Record<Exclude<SessionState, 'whole'>, string> = {
	secondFactor: '/sign-in/second-factor',
	enrol: '/sign-in/enrol'
};

function notAllowed(event: RequestEvent, rule: Rule, locale: Locale): Response | 'noSuchPage' | undefined {
	const { request, locals } = event;
	const { account, session } = locals;
	const needed = reads(request.method) ? rule.to : rule.change;
	if (needed === undefined) return answer(405, m.error_no_change({}, { locale }), { allow: 'GET, HEAD' });
	if (needed === 'anybody') return undefined;
	if (!account) {
		if (!reads(request.method)) return answer(401, m.error_signed_out({}, { locale }));
		const step = session && session.state !== 'whole' ? nextStep[session.state] : '/sign-in';
		return new Response(null, { status: 303, headers: { location: signInAddress(event, step, locale) } });
	}
	return needed === 'signedIn' || may(account.role, needed) ? undefined : 'noSuchPage';
}

/** The address to sign in at, which leads back to where the reader wanted to go. */
function signInAddress({ url, locals }: RequestEvent, step: string, locale: Locale): string {
	const to = url.pathname + url.search;
	const query = new URLSearchParams();
	if (locals.hadSession && !locals.session) query.set('why', 'idle');
	if (to !== localizeHref('/', { locale })) query.set('to', to);
	const text = query.toString();
	return localizeHref(step, { locale }) + (text && `?${text}`);
}

/** What our pages post is a form, or JSON where the route's rule says so; anything else could not be read. */
function noForm(request: Request, rule: Rule | undefined, locale: Locale): Response | undefined {
	const type = request.headers.get('content-type');
	if (request.method !== 'POST' || type === null) return undefined;
	if (rule?.takesJson && /^application\/json\s*(;|$)/i.test(type)) return undefined;
	const isForm = /^(application\/x-www-form-urlencoded\s*(;|$)|multipart\/form-data\s*;)/i.test(type);
	return isForm ? undefined : answer(415, m.error_other_text({}, { locale }));
}

function tooLarge(
	request: Request,
	rule: Rule | undefined,
	locale: Locale,
	signedIn: boolean
): Response | undefined {
	const length = Number(request.headers.get('content-length') ?? NaN);
	if (Number.isNaN(length)) return answer(411, m.error_no_length({}, { locale }));
	const most = signedIn ? (rule?.body ?? formBytes) : formBytes;
	return length > most ? answer(413, m.error_too_large({}, { locale })) : undefined;
}

function answer(status: number, text: string, headers: Record<string, string> = {}): Response {
	return new Response(`${text}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }
	});
}
