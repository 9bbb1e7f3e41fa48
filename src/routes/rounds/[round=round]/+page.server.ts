import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { may, type Account } from '#lib/access/role.ts';
import { hrefTo } from '#lib/format/href.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { contactsOf } from '#lib/server/rounds/contacts.ts';
import { fetchesOf } from '#lib/server/rounds/fetches.ts';
import {
	freeze,
	frozenFrom,
	mostReasonCharacters,
	ReasonNeeded,
	TooEarly
} from '#lib/server/rounds/freeze.ts';
import { changedSince, unusualUnits } from '#lib/server/rounds/look-through.ts';
import {
	findMail,
	mailsOf,
	markBounced,
	queueAgain,
	queueMails,
	settleDoubtful
} from '#lib/server/rounds/outbox.ts';
import { planOf } from '#lib/server/rounds/plan.ts';
import { approve, needsTwoPeople, type Refusal } from '#lib/server/rounds/release.ts';
import { remind } from '#lib/server/rounds/reminders.ts';
import { reportsOf } from '#lib/server/rounds/reports.ts';
import { findRound, type Edition, type KeptRound } from '#lib/server/rounds/rounds.ts';
import { OnServer } from '../../on-server.ts';
import { shownMails } from './shown-mails.ts';
import { shownReports } from './shown-reports.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** A round as it stands: what is to be done next, its reports, their mails, and who has fetched them. */
export const load: PageServerLoad = ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { rounds, making, scope, account, register, asOf: today } = locals;
	const kept = known(locals, params);
	const [edition, before] = kept.editions;
	const { definition } = register;
	const reports = edition ? reportsOf(scope, rounds, kept.id, edition.number) : [];
	const look = edition && {
		unusual: unusualUnits(scope, rounds, kept.id, edition.number).map(({ unit }) => unit),
		changed: changedSince(scope, rounds, kept.id, edition.number),
		before: before ? reportsOf(scope, rounds, kept.id, before.number) : []
	};
	const mails = mailsOf(scope, rounds, kept.id);
	const open = contactsOf(scope, rounds).filter(({ endedAt }) => endedAt === null);
	return {
		asOf: null,
		round: new OnServer({
			today,
			kept,
			edition,
			frozenFrom: frozenFrom(kept.round),
			progress: edition && making.progress(kept.id, edition.number),
			reports: shownReports(reports, look, definition, getLocale()),
			mails: shownMails(mails, definition, getLocale()),
			fetches: fetchesOf(scope, rounds, kept.id).map((fetch) => ({ ...fetch, at: swedishTime(fetch.at) })),
			withContact: new Set(open.map(({ unit }) => unit)),
			needsTwo: needsTwoPeople(rounds),
			hasApproved: edition?.approvals.some(({ who }) => who === account?.id) ?? false,
			fault: planOf(rounds).find(({ id }) => id === kept.id)?.fault ?? null,
			holds: account !== undefined && may(account.role, 'holdRounds'),
			isStill: url.searchParams.has('still'),
			mostReasonCharacters
		})
	};
};

/** What has to be mended in which of the forms. */
type Complaint = {
	form: 'freeze' | 'correct' | 'approve' | 'bounced' | 'mail' | 'send' | 'remind';
	why: 'tooEarly' | 'reason' | 'sure' | 'refused' | Refusal['refused'] | 'note' | 'moved';
	stated?: string;
};
const complain = (complaint: Complaint) => fail(400, { complaint });

export const actions: Actions = {
	freeze: ({ locals, params }) => frozen(locals, params),
	correct: async ({ request, locals, params }) => {
		const reason = String((await request.formData()).get('reason') ?? '').trim();
		if (reason === '') return complain({ form: 'correct', why: 'reason' });
		return frozen(locals, params, reason.slice(0, mostReasonCharacters));
	},
	make: ({ locals, params }) => {
		const { id, edition } = newest(locals, params);
		locals.making.start(id, edition.number);
		return back(id);
	},
	approve: async ({ request, locals, params }) => {
		const { id, edition } = newest(locals, params);
		if ((await request.formData()).get('sure') !== 'yes') return complain({ form: 'approve', why: 'sure' });
		const approved = approve(locals.rounds, id, edition.number, by(locals), locals.instant);
		if ('refused' in approved) return complain({ form: 'approve', why: approved.refused });
		locals.record('roundApproved', { what: `${id} ${edition.number}` });
		return back(id);
	},
	send: ({ locals, params }) => {
		const { rounds, scope, register, instant } = locals;
		const { id, edition, isSilent } = newest(locals, params);
		if (isSilent || edition.releasedAt === null) return complain({ form: 'send', why: 'refused' });
		const { queued } = queueMails(scope, rounds, register.definition, id, edition.number, instant);
		sent(locals, `${id} ${edition.number}: ${queued}`);
		return back(id, '#mails');
	},
	remind: ({ locals, params }) => {
		const { rounds, scope, register, instant } = locals;
		const { id, edition, isSilent } = newest(locals, params);
		if (isSilent || edition.releasedAt === null) return complain({ form: 'remind', why: 'refused' });
		const { queued } = remind(scope, rounds, register.definition, id, edition.number, instant);
		sent(locals, `${id} ${edition.number}: ${queued} reminders`);
		return { reminded: queued };
	},
	settle: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const form = await request.formData();
		const key = keyOf(locals, id, form);
		const as = form.get('as') === 'sent' ? 'sent' : 'queued';
		if (!settleDoubtful(locals.rounds, key, as, by(locals), locals.instant))
			return complain({ form: 'mail', why: 'moved' });
		if (as === 'queued') sent(locals, key);
		return back(id, '#mails');
	},
	again: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const key = keyOf(locals, id, await request.formData());
		if (!queueAgain(locals.rounds, key, by(locals), locals.instant))
			return complain({ form: 'mail', why: 'moved' });
		sent(locals, key);
		return back(id, '#mails');
	},
	bounced: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const form = await request.formData();
		const note = String(form.get('note') ?? '').trim();
		if (note === '') return complain({ form: 'bounced', why: 'note', stated: String(form.get('key')) });
		const isNoted = markBounced(locals.rounds, keyOf(locals, id, form), by(locals), locals.instant, note);
		return isNoted ? back(id, '#mails') : complain({ form: 'bounced', why: 'moved' });
	}
};

/** The round that the address names; answers 404 where the calendar holds none. */
function known({ rounds, asOf }: App.Locals, params: RouteParams): KeptRound {
	return findRound(rounds, params.round, asOf) ?? error(404, m.round_unknown());
}

/** The newest edition of the round; answers 404 where it has none yet. */
function newest(
	locals: App.Locals,
	params: RouteParams
): { id: string; edition: Edition; isSilent: boolean } {
	const { id, editions, round } = known(locals, params);
	return { id, edition: editions[0] ?? error(404, m.round_unknown()), isSilent: round.sentOn === null };
}

const by = ({ account }: App.Locals): Account | null => account ?? null;

/** Freezes the round or a correction of it. The page is then asked for anew, so that it can ask for itself again. */
async function frozen(locals: App.Locals, params: RouteParams, reason?: string) {
	const { register, rounds, instant, asOf } = locals;
	const { id } = known(locals, params);
	try {
		const { number } = await freeze(register, rounds, id, by(locals), instant, asOf, reason);
		locals.record('roundFrozen', { what: `${id} ${number}` });
	} catch (thrown) {
		if (thrown instanceof TooEarly) return complain({ form: 'freeze', why: 'tooEarly' });
		if (thrown instanceof ReasonNeeded) return complain({ form: 'correct', why: 'reason' });
		throw thrown;
	}
	return back(id);
}

/** Mails wait in the outbox: recorded, and sent at once. */
function sent(locals: App.Locals, what: string): void {
	locals.record('roundSent', { what });
	locals.wakePlan();
}

const back = (id: string, place = ''): never => redirect(303, hrefTo(`/rounds/${id}`) + place);

/** The key of a mail of this round that a form is about; answers 404 where there is none. */
function keyOf({ rounds }: RequestEvent['locals'], round: string, form: FormData): string {
	const mail = findMail(rounds, String(form.get('key') ?? ''));
	return mail?.round === round ? mail.key : error(404, m.round_mail_unknown());
}
