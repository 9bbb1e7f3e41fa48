import { error, fail } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { SenderField } from '#lib/submission/sender-fields.ts';
import { readSender } from '#lib/submission/sender-form.ts';
import { OutOfOrder, receive } from '#lib/server/register/receive.ts';
import { earlierReceiptFor } from '#lib/server/register/receipts.ts';
import { endWaiting, findWaiting } from '#lib/server/register/waiting.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the form says besides its file. */
type Wrong = SenderField | 'unitId' | 'profile';

export const load: PageServerLoad = ({ locals, url }) => {
	const { definition } = locals.register;
	const units = definition.units.filter((unit) => maySee(locals.scope, unit.id));
	const asked = url.searchParams.get('unit');
	if (asked && !units.some((unit) => unit.id === asked)) error(404, m.unit_unknown({ unit: asked }));
	const locale = getLocale();
	const { account } = locals;
	return {
		unit: asked ?? (units.length === 1 ? units[0]?.id : null) ?? null,
		/** What is known of whoever hands in; the form says the rest. */
		sender: { name: account?.name ?? '', email: account?.email ?? '' },
		units: units.map(({ id, name, place, region }) => ({ id, name, place, region })),
		profiles: [...definition.profiles.values()].map(({ id, label }) => ({ id, label: label[locale] })),
		reference: definition.register.reference?.column ?? null
	};
};

/** Reads unit, profile and sender from the form, or names what is missing. */
function readForm({ register: { definition }, scope }: App.Locals, form: FormData) {
	const stated = readSender(form);
	const unit = definition.unitById.get(String(form.get('unitId') ?? ''));
	const profileId = String(form.get('profile') ?? '');
	const profile = definition.profiles.get(profileId);
	const wrong: Wrong[] = 'wrong' in stated ? stated.wrong : [];
	if (profileId && !profile) wrong.unshift('profile');
	if (!unit || !maySee(scope, unit.id)) wrong.unshift('unitId');
	return 'sender' in stated && unit && wrong.length === 0
		? { sender: stated.sender, unit, profile }
		: { wrong };
}

export const actions: Actions = {
	/** Whether the form is filled in as it should be: asked before a file is sent over. */
	check: async ({ request, locals }) => {
		const read = readForm(locals, await request.formData());
		return 'wrong' in read ? fail(400, { wrong: read.wrong }) : { wrong: [] };
	},

	/** Receives an original that has been stored before, and answers with the number of its receipt. */
	receive: async ({ request, locals }) => {
		const form = await request.formData();
		const read = readForm(locals, form);
		if ('wrong' in read) return fail(400, { wrong: read.wrong });
		const sha256 = String(form.get('sha256') ?? '');
		const { register } = locals;
		const uploader = locals.account?.id ?? '';
		const original = /^[0-9a-f]{64}$/.test(sha256) && (await findWaiting(register.folder, sha256, uploader));
		if (!original) {
			// asked twice at once: what was received a moment ago is its answer
			const same = { unit: read.unit.id, sha256, profile: read.profile?.id ?? null };
			const earlier = await earlierReceiptFor(locals.scope, register.db, same);
			return earlier ? { number: earlier.number, refused: false } : fail(409, { failure: 'gone' as const });
		}
		try {
			const fileName = nameOf(String(form.get('fileName') ?? ''));
			const receipt = await receive(register, { ...read, original, fileName, receivedAt: locals.now });
			locals.record('handedIn', { unit: receipt.unit, what: `${receipt.number} ${receipt.status}` });
			return { number: receipt.number, refused: receipt.status === 'refused' };
		} catch (failed) {
			if (failed instanceof OutOfOrder) return fail(409, { failure: 'outOfOrder' as const });
			throw failed;
		} finally {
			await endWaiting(register.db, register.folder, sha256, uploader);
		}
	}
};

/** The last part of a path, without control characters, as a name to show. */
const nameOf = (path: string) => path.split(/[/\\]/).at(-1)?.replace(/\p{C}/gu, '').slice(0, 200) || 'csv';
