import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { followUp, type NoteKind } from '#lib/measures/follow-up.ts';
import { linkQuery } from '#lib/format/address.ts';
import { partsOfFlagId } from '#lib/format/flag-subject.ts';
import { hrefTo } from '#lib/format/href.ts';
import { m } from '#lib/paraglide/messages.js';
import { addDays, monthsLater, type Day } from '#lib/period/day.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import type { View } from '#lib/period/view.ts';
import { unitFlags } from '#lib/server/figures/flags.ts';
import {
	addNote,
	isFormKey,
	mostCharacters,
	notesOf,
	type NoteField
} from '#lib/server/register/flag-notes.ts';
import { askedView } from '../../../../asked-view.ts';
import { OnServer } from '../../../../on-server.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** For so many days an acknowledgement holds when nobody chooses otherwise. */
const usualDays = 30;

/** One flag of a unit: its figures, what to do, how it is followed up, and its log. */
export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { register, asOf: today } = locals;
	const view = viewOf(params.flag, url, today);
	const found = await findFlag(locals, params, view);
	const { flag, notes } = found;
	return {
		asOf: view.asOf,
		flag: new OnServer({
			...found,
			view,
			id: params.flag,
			definition: register.definition,
			today,
			follow: flag && followUp(flag, notes, view.asOf),
			usualUntil: addDays(today, usualDays),
			until: { first: addDays(today, 1), last: monthsLater(today, 12) },
			most: mostCharacters,
			// each form has a key of its own, so that one that is sent twice is known again
			keys: { acknowledge: crypto.randomUUID(), note: crypto.randomUUID(), withdraw: crypto.randomUUID() }
		})
	};
};

/** What was wrong in which form, and what was written in it. `gone`: the flag is no longer there. */
type Complaint = {
	form: 'acknowledge' | 'note' | 'withdraw';
	wrong: (NoteField | 'gone')[];
	written: Record<NoteField, string>;
};

export const actions: Actions = {
	acknowledge: (event) => write(event, 'acknowledge', 'acknowledged'),
	note: (event) => write(event, 'note', 'note'),
	withdraw: (event) => write(event, 'withdraw', 'withdrawn')
};

/** Adds a note to the log and leads back to it, or tells what has to be mended in the form. */
async function write(
	{ request, params, url, locals }: RequestEvent<RouteParams>,
	form: Complaint['form'],
	kind: NoteKind
) {
	// whatever day the page was seen from, a note is written today
	const view = { ...viewOf(params.flag, url, locals.asOf), asOf: locals.asOf };
	const { unit, flag } = await findFlag(locals, params, view);
	const sent = await request.formData();
	const text = (field: string) => String(sent.get(field) ?? '');
	if (!isFormKey(text('key'))) error(400, m.error_other_text());
	const written = { reason: text('reason'), until: text('until'), text: text('text') };
	const complain = (wrong: Complaint['wrong']) => fail(400, { form, wrong, written } satisfies Complaint);
	if (!flag && kind === 'acknowledged') return complain(['gone']);
	const noted = flag ?? { unit: unit.id, id: params.flag, births: null, severity: null };
	const added = await addNote(
		locals.register,
		noted,
		{ ...written, kind, key: text('key'), who: locals.account?.name ?? '' },
		locals.now
	);
	if ('wrong' in added) return complain(added.wrong);
	locals.record('flagNoted', { unit: unit.id, what: `${params.flag} ${kind}` });
	redirect(303, `${hrefTo(`/units/${unit.id}/flags/${params.flag}`)}${linkQuery(view, locals.asOf)}#log`);
}

/**
 * The flag with its notes, newest first, as both stood on the day of the view. Answers 404 for a unit that is not
 * there or not the reader's, and for a flag that is not there and that nobody has noted anything about.
 */
async function findFlag({ register, scope }: App.Locals, params: RouteParams, view: View) {
	const unit = register.definition.unitById.get(params.unit);
	const flags = unit && (await unitFlags(scope, register, unit.id, view));
	if (!unit || !flags) error(404, m.unit_unknown({ unit: params.unit }));
	const flag = flags.find(({ id }) => id === params.flag);
	const log = await notesOf(scope, register.db, { unit: unit.id, flagIds: [params.flag] });
	const notes = log.filter(({ at }) => at.slice(0, 10) <= view.asOf);
	if (!flag && notes.length === 0) error(404, m.flag_unknown({ unit: unit.name }));
	return { unit, flag, notes };
}

/** The view that the address asks for. One without a period is of the flag's own year also when that is over. */
function viewOf(id: string, url: URL, today: Day): View {
	const view = askedView(url, today);
	const { from } = partsOfFlagId(id);
	return url.searchParams.has('period') || view.period.from === from
		? view
		: { ...view, period: { from, to: `${yearOf(from)}-12` } };
}
