import { BORTFALL_DATA, BORTFALL_REGISTER } from '$app/env/private';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { wholeNation } from '#lib/access/scope.ts';
import { m } from '#lib/paraglide/messages.js';
import { deLocalizeUrl, getLocale, type Locale } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { readView, type View } from '#lib/period/view.ts';
import { countryFigures } from '#lib/server/figures/country.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import type { Register } from '#lib/server/register/open.ts';
import { closeServedRegister, servedRegister } from '#lib/server/register/served.ts';

/** What a request may carry, except to the route that takes originals in. */
const bodyLimit = 512 * 1024;
const originalLimit = 1024 ** 3;

const swedishTime = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Stockholm',
	dateStyle: 'short',
	timeStyle: 'medium'
});

/**
 * Opens the register before the first request; what is wrong with it or its definition stops the start. What
 * every page shows of the country is asked for ahead, so that the first reader need not wait for it.
 */
export const init: ServerInit = async () => {
	const register = await servedRegister(BORTFALL_DATA, BORTFALL_REGISTER).catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	});
	const today = swedishTime.format(new Date()).slice(0, 10);
	countryAhead(register, readView(new URLSearchParams(), today)).catch((error: unknown) =>
		console.error(error)
	);
	process.once('sveltekit:shutdown', () => void closeServedRegister());
};

const countryAhead = (register: Register, view: View) =>
	Promise.all([
		countryFigures(wholeNation, register, view),
		flagsSinceLastRound(wholeNation, register, view)
	]);

const securityHeaders = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY'
};

/**
 * Every request passes here: refused when it comes from another site or carries too much, then answered in the
 * language of its address, with today's date in `locals.asOf`. This is the only place where the app reads the clock.
 */
export const handle: Handle = async ({ event, resolve }) => {
	const instant = new Date();
	event.locals.instant = instant.getTime();
	event.locals.now = swedishTime.format(instant);
	event.locals.asOf = event.locals.now.slice(0, 10);
	event.locals.account = undefined;
	event.locals.scope = wholeNation;
	event.locals.register = await servedRegister(BORTFALL_DATA, BORTFALL_REGISTER);
	// Paraglide clones the request, which would buffer an original of a gigabyte: it gets one without a body
	const { url, headers } = event.request;
	return paraglideMiddleware(new Request(url, { headers }), async ({ locale }) => {
		const response =
			refusal(event, locale) ??
			(await resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale), preload }));
		for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
		if (event.url.protocol === 'https:')
			response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
		// a page may be kept, but is asked for anew each time: a submission changes it
		if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
		return compressed(response, event.request);
	});
};

/** The face of the text and of the headings: without them the first sight of a page would jump. */
const preload: NonNullable<Parameters<Parameters<Handle>[0]['resolve']>[1]>['preload'] = (file) =>
	file.type === 'js' || file.type === 'css' || (file.type === 'font' && !file.filename.includes('italic'));

/** The answer to a request that is turned away unread, or undefined. Plain text: no person meets it in a browser. */
function refusal({ request, url }: RequestEvent, locale: Locale): Response | undefined {
	if (request.method === 'GET' || request.method === 'HEAD') return undefined;
	const site = request.headers.get('sec-fetch-site');
	const own = site ? site === 'same-origin' : request.headers.get('origin') === url.origin;
	if (!own) return answer(403, m.error_other_site({ origin: url.origin }, { locale }));
	if (request.body === null) return undefined;
	const length = Number(request.headers.get('content-length') ?? NaN);
	if (Number.isNaN(length)) return answer(411, m.error_no_length({}, { locale }));
	const isOriginal = request.method === 'PUT' && deLocalizeUrl(url).pathname === '/submissions/original';
	if (length > (isOriginal ? originalLimit : bodyLimit))
		return answer(413, m.error_too_large({}, { locale }));
	return undefined;
}

function answer(status: number, text: string): Response {
	return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** Text goes out as gzip to whoever reads it; static files are compressed by the build. */
function compressed(response: Response, request: Request): Response {
	const { headers, body, status } = response;
	if (!body || !/^(text\/|image\/svg|application\/json)/.test(headers.get('content-type') ?? ''))
		return response;
	headers.append('vary', 'accept-encoding');
	if (headers.has('content-encoding') || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
		return response;
	headers.set('content-encoding', 'gzip');
	headers.delete('content-length');
	return new Response(body.pipeThrough(new CompressionStream('gzip')), { status, headers });
}

/**
 * What a reader is told of an error: what a load said on purpose (`error(404, '…')`), else nothing but the status,
 * for which +error.svelte has its own words. An unforeseen error is logged, without anything like an identity number.
 */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'app') return;
	if (kind === 'unknown') {
		const account = error instanceof Error ? (error.stack ?? error.message) : String(error);
		console.error(
			`${event.request.method} ${event.url.pathname}\n${account.replace(/\d{6,8}[-+ ]?\d{4}/g, '…')}`
		);
		return { message: m.error_500_text({}, { locale: getLocale() }) };
	}
	return { message: '' };
};
