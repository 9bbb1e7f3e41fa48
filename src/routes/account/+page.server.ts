import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { hrefTo } from '#lib/format/href.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import { changePassword } from '#lib/server/access/change-password.ts';
import { leastCharacters } from '#lib/server/access/password.ts';
import { recoveryCodesLeft, renewRecoveryCodes } from '#lib/server/access/second-factor.ts';
import { endAllSessions, listSessions, type Session } from '#lib/server/access/sessions.ts';
import { passwordWords } from '../password-words.ts';
import { clearSession } from '../session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { access, instant, register, asOf: today } = locals;
	const { account, id } = wholeSession(locals);
	const { name, email, role, units, regions, isDemo, hasSecondFactor } = account;
	return {
		asOf: null,
		today,
		who: { name, email, role, regions, isDemo, hasSecondFactor },
		units: units.map((unit) => ({ id: unit, name: register.definition.unitById.get(unit)?.name ?? unit })),
		codesLeft: recoveryCodesLeft(access, account.id),
		least: leastCharacters,
		sessions: listSessions(access, account.id, instant).map((session) => ({
			begun: swedishTime(session.begunAt),
			seen: swedishTime(session.lastSeen),
			address: session.address,
			isThis: session.id === id
		}))
	};
};

export const actions: Actions = {
	password: async ({ request, locals }) => {
		const session = ownToChange(locals);
		const sent = await request.formData();
		const text = (field: string) => String(sent.get(field) ?? '');
		const next = text('next');
		if (next !== text('again')) return fail(400, { wrong: { unequal: true } });
		const { access, instant } = locals;
		const changed = await changePassword(access, session, { current: text('current'), next }, instant);
		if (changed === 'changed') return { changed: true };
		if (changed.wrong === 'current') return fail(400, { wrong: { current: m.password_wrong_current() } });
		return fail(400, { wrong: { next: passwordWords(changed.wrong) } });
	},
	codes: async ({ request, locals }) => {
		const session = ownToChange(locals);
		if (!session.account.hasSecondFactor) error(400);
		const password = String((await request.formData()).get('known') ?? '');
		const codes = await renewRecoveryCodes(locals.access, session, password, locals.instant);
		return 'wrong' in codes ? fail(400, { wrong: { known: m.password_wrong_current() } }) : { codes };
	},
	everywhere: ({ locals, cookies, url }) => {
		const { account } = wholeSession(locals);
		endAllSessions(locals.access, account, account.id, locals.instant);
		clearSession(cookies, url);
		redirect(303, `${hrefTo('/sign-in')}?why=signedOut`);
	}
};

/** The session of somebody who is signed in; answers 401 where there is none. */
function wholeSession({ session }: RequestEvent['locals']): Session {
	return session?.state === 'whole' ? session : error(401);
}

/** As `wholeSession`, for what belongs to one person only; answers 403 for an account of the demonstration. */
function ownToChange(locals: RequestEvent['locals']): Session {
	const session = wholeSession(locals);
	return session.account.isDemo ? error(403, m.account_password_demo()) : session;
}
