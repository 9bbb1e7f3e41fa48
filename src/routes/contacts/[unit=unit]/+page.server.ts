import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import { locales } from '#lib/catalogue/text.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import {
	addContact,
	changeContact,
	contactsOf,
	endContact,
	findContact,
	type Contact,
	type ContactField,
	type NewContact
} from '#lib/server/rounds/contacts.ts';
import { OnServer } from '../../on-server.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** The contacts of one unit, those that have ended last. */
export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { id, name, region } = known(locals, params);
	const contacts = contactsOf(locals.scope, locals.rounds, id).map((contact) => ({
		...contact,
		sinceDay: swedishTime(contact.since).slice(0, 10),
		endedDay: contact.endedAt === null ? null : swedishTime(contact.endedAt).slice(0, 10)
	}));
	return {
		asOf: null,
		unit: new OnServer({
			id,
			name,
			region,
			contacts: contacts.filter(({ endedAt }) => endedAt === null),
			ended: contacts.filter(({ endedAt }) => endedAt !== null)
		})
	};
};

/** What has to be mended in the form of a contact; number 0 is the form that adds one. */
type Complaint = { number: number; stated: NewContact; wrong: ContactField[]; isTaken: boolean };
const complain = (complaint: Complaint) => fail(400, { complaint });
const did = (done: 'added' | 'changed' | 'ended', { number, name }: Contact) => ({ done, number, name });

export const actions: Actions = {
	add: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const stated = statedContact(await request.formData());
		const added = addContact(locals.rounds, id, stated, locals.instant);
		if ('wrong' in added) return refused(locals, id, 0, stated, added.wrong);
		locals.record('contactAdded', { unit: id, what: `${added.number} ${added.email}` });
		return did('added', added);
	},
	change: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const form = await request.formData();
		const { number } = numbered(locals, id, form);
		const stated = statedContact(form);
		const changed = changeContact(locals.rounds, id, number, stated);
		if ('wrong' in changed) return refused(locals, id, number, stated, changed.wrong);
		locals.record('contactChanged', { unit: id, what: `${number} ${changed.email}` });
		return did('changed', changed);
	},
	end: async ({ request, locals, params }) => {
		const { id } = known(locals, params);
		const form = await request.formData();
		const { number } = numbered(locals, id, form);
		if (form.get('sure') !== 'yes') return fail(400, { unsure: number });
		locals.record('contactEnded', { unit: id, what: String(number) });
		return did('ended', endContact(locals.rounds, id, number, locals.instant));
	}
};

function refused(
	{ scope, rounds }: RequestEvent['locals'],
	unit: string,
	number: number,
	stated: NewContact,
	wrong: ContactField[]
) {
	const address = stated.email.trim().toLowerCase();
	const isTaken = contactsOf(scope, rounds, unit).some(
		(other) => other.endedAt === null && other.number !== number && other.email.toLowerCase() === address
	);
	return complain({ number, stated, wrong, isTaken });
}

function statedContact(form: FormData): NewContact {
	const text = (field: string) => String(form.get(field) ?? '');
	const locale = locales.find((each) => each === text('language')) ?? locales[0];
	return { name: text('name'), email: text('email'), locale };
}

/** The unit that the address names; answers 404 where there is none. */
function known({ register, scope }: RequestEvent['locals'], { unit: id }: RouteParams): Unit {
	const unit = register.definition.unitById.get(id);
	return unit && maySee(scope, id) ? unit : error(404, m.unit_unknown({ unit: id }));
}

/** The contact that a form is about; answers 404 where there is none, or where it has ended. */
function numbered({ rounds }: RequestEvent['locals'], unit: string, form: FormData): Contact {
	const contact = findContact(rounds, unit, Number(form.get('number')));
	return contact?.endedAt === null ? contact : error(404, m.contact_unknown());
}
