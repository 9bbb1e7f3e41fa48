import {
	BORTFALL_DATA,
	BORTFALL_NOTEBOOK_MEMORY_MB,
	BORTFALL_NOTEBOOK_ROWS,
	BORTFALL_NOTEBOOK_SECONDS,
	BORTFALL_REGISTER,
	BORTFALL_TWO_PEOPLE
} from '$app/env/private';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { may } from '#lib/access/role.ts';
import { maySee, scopeOf, scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { readView, type View } from '#lib/period/view.ts';
import { forgetOld, record } from '#lib/server/access/audit.ts';
import { closeServedAccess, servedAccess } from '#lib/server/access/served.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import { programVersion, projectRoot } from '#lib/server/definition/project-root.ts';
import { countryFigures } from '#lib/server/figures/country.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { closeServedDesk, servedDesk } from '#lib/server/notebook/served.ts';
import { openShelf } from '#lib/server/notebook/shelf.ts';
import type { Register } from '#lib/server/register/open.ts';
import { closeServedRegister, servedRegister } from '#lib/server/register/served.ts';
import { roundRows } from '#lib/server/rounds/round-rows.ts';
import { closeServedRounds, servedRounds } from '#lib/server/rounds/served.ts';
import { compressed } from './requests/compressed.ts';
import { loggable } from './requests/loggable.ts';
import { rateLimit } from './requests/rate-limit.ts';
import { refusal } from './requests/refusal.ts';
import { ruleOf, type Rule } from './requests/route-rules.ts';
import { setSecurityHeaders } from './requests/security-headers.ts';
import { signInSettings } from './requests/sign-in-settings.ts';
import { sessionCookie } from './routes/session-cookie.ts';
import { startWorks, type Works } from './works.ts';

const limit = rateLimit();
let oidc: App.Locals['oidc'];
let works: Works;

/**
 * Opens register and accounts before the first request; what is wrong with them, the definition or the settings
 * stops the start. What every page shows of the country is asked for ahead, so that the first reader need not wait.
 */
export const init: ServerInit = async () => {
	const register = await opened().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	});
	const today = swedishTime(Date.now()).slice(0, 10);
	countryAhead(register, readView(new URLSearchParams(), today)).catch((error: unknown) =>
		console.error(error)
	);
	process.once('sveltekit:shutdown', () => void end());
};

/** Lets what is under way come to its end, and closes everything. */
async function end(): Promise<void> {
	await works.stop();
	await closeServedDesk();
	closeServedAccess();
	closeServedRounds();
	await closeServedRegister();
}

async function opened(): Promise<Register> {
	oidc = signInSettings();
	const register = await servedRegister(BORTFALL_DATA, BORTFALL_REGISTER);
	forgetOld(servedAccess(BORTFALL_DATA), Date.now());
	works = await startWorks(() => Date.now());
	return register;
}

const countryAhead = (register: Register, view: View) =>
	Promise.all([
		countryFigures(wholeNation, register, view),
		flagsSinceLastRound(wholeNation, register, view)
	]);

/**
 * Every request passes here: who asks is found out, what is not theirs is refused before anything is read, and what
 * was answered is recorded where the route's rule says so. This is the only place where the app reads the clock.
 */
export const handle: Handle = async ({ event, resolve }) => {
	await setLocals(event);
	const rule = ruleOf(event.route.id);
	// Paraglide clones the request, which would buffer an original of a gigabyte: it gets one without a body
	const { url, headers } = event.request;
	return paraglideMiddleware(new Request(url, { headers }), async ({ locale }) => {
		const refused = refusal(event, rule, locale, limit);
		const response =
			refused === 'noSuchPage'
				? await event.fetch(localizeHref('/no-such-page', { locale }), uncompressed)
				: (refused ??
					(await resolve(event, {
						transformPageChunk: ({ html }) => html.replace('%lang%', locale),
						preload
					})));
		// a copy: the headers of an answer that was fetched cannot be changed
		const answer = new Response(response.body, response);
		setSecurityHeaders(answer.headers, {
			https: event.url.protocol === 'https:',
			personal: event.locals.session !== undefined
		});
		if (rule) recordAnswered(event, rule, answer.status);
		return compressed(answer, event.request);
	});
};

/** What our own request asks for: its answer is compressed once, on the way out. */
const uncompressed = { headers: { 'accept-encoding': 'identity' } };

/** What the SQL of notebooks may take. */
const notebookCaps = () => ({
	memory: BORTFALL_NOTEBOOK_MEMORY_MB,
	seconds: BORTFALL_NOTEBOOK_SECONDS,
	askSeconds: 4 * BORTFALL_NOTEBOOK_SECONDS,
	rows: BORTFALL_NOTEBOOK_ROWS
});

/** The rounds as notebooks ask of them, as they stand when they are asked. */
const roundsToday = () =>
	roundRows(
		servedRounds(BORTFALL_DATA, { twoPeople: BORTFALL_TWO_PEOPLE }),
		swedishTime(Date.now()).slice(0, 10)
	);

async function setLocals({ locals, url, cookies, getClientAddress }: RequestEvent): Promise<void> {
	const instant = Date.now();
	const now = swedishTime(instant);
	const register = await servedRegister(BORTFALL_DATA, BORTFALL_REGISTER);
	const access = servedAccess(BORTFALL_DATA);
	const cookie = sessionCookie(cookies, url);
	const session = readSession(access, cookie, instant);
	const account = session?.state === 'whole' ? session.account : undefined;
	const address = getClientAddress();
	Object.assign(locals, {
		instant,
		now,
		asOf: now.slice(0, 10),
		address,
		register,
		rounds: servedRounds(BORTFALL_DATA, { twoPeople: BORTFALL_TWO_PEOPLE }),
		shelf: openShelf(join(BORTFALL_DATA, 'notebooks'), join(projectRoot(), 'reports')),
		desk: servedDesk(register, { rounds: roundsToday, program: programVersion(), caps: notebookCaps() }),
		making: works.making,
		wakePlan: works.wake,
		access,
		oidc,
		session,
		hadSession: cookie !== undefined,
		account,
		scope: account ? scopeOf(account, register.definition.units) : scopeOfUnits([]),
		record: (act, of) =>
			record(access, {
				at: instant,
				who: account?.id ?? null,
				name: account?.name ?? '',
				act,
				address,
				...of
			})
	} satisfies App.Locals);
}

/**
 * Lists of births, reports and files that were handed out are recorded, with the address that they were asked at; and
 * so is whoever asked for what is not theirs.
 */
function recordAnswered({ locals, url, params, request }: RequestEvent, rule: Rule, status: number): void {
	const { account, scope, register } = locals;
	if (!account) return;
	const unit = params.unit ?? url.searchParams.get('unit') ?? '';
	const isUnit = register.definition.unitById.has(unit);
	const of = { ...(isUnit && { unit }), what: url.pathname + url.search };
	const foreign = isUnit && !maySee(scope, unit);
	const notAllowed = rule.to !== 'signedIn' && rule.to !== 'anybody' && !may(account.role, rule.to);
	if (status === 404 && (foreign || notAllowed)) locals.record('refused', of);
	else if (rule.records && request.method === 'GET' && status < 300) locals.record(rule.records, of);
}

/** The face of the text and of the headings: without them the first sight of a page would jump. */
const preload: NonNullable<Parameters<Parameters<Handle>[0]['resolve']>[1]>['preload'] = (file) =>
	file.type === 'js' || file.type === 'css' || (file.type === 'font' && !file.filename.includes('italic'));

/**
 * What a reader is told of an error: what a load said on purpose (`error(404, '…')`), else nothing but the status,
 * for which +error.svelte has its own words. An unforeseen error is logged, without anything of persons in it.
 */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'app') return;
	if (kind === 'unknown') {
		console.error(loggable(event.request.method, event.url.pathname, error));
		return { message: m.error_500_text({}, { locale: getLocale() }) };
	}
	return { message: '' };
};
