import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import {
	discardDraft,
	findOnShelf,
	openDraft,
	publish,
	readAny,
	restoreDraft
} from '#lib/server/notebook/shelf.ts';
import { editorWords } from './editor-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** The account's own draft of a notebook of the installation, else its last version; and what may be written in it. */
export const load: PageServerLoad = async ({ params: { notebook: name }, locals }) => {
	const { shelf, desk } = locals;
	const [draft, last] = await Promise.all([
		openDraft(shelf, ownAccount(locals), name),
		findOnShelf(shelf, name)
	]);
	if (!draft || !last) {
		// the product's are read and copied, never written in
		if ((await readAny(shelf, name)) !== undefined) redirect(303, localizeHref(`/notebooks?copy=${name}`));
		error(404, m.editor_unknown({ name }));
	}
	return {
		asOf: null,
		name,
		today: locals.asOf,
		draft,
		published: { version: last.version, text: last.text, by: last.by.name },
		words: editorWords(),
		dictionary: desk.dictionary(getLocale())
	};
};

const ownAccount = ({ account }: App.Locals) => account ?? error(401);

const revisionOf = (form: FormData) => Number(form.get('revision') ?? NaN);

export const actions: Actions = {
	/** Publishes the draft as the page has seen it, or says what stands in the way. */
	publish: async ({ request, locals, params: { notebook: name } }) => {
		const form = await request.formData();
		const account = ownAccount(locals);
		const note = String(form.get('note') ?? '');
		const asked = { note, revision: revisionOf(form), locale: getLocale() };
		const published = await publish(locals.shelf, account, name, asked, locals.instant);
		const last = await findOnShelf(locals.shelf, name);
		if (!published || !last) error(404, m.editor_unknown({ name }));
		if (published.kind === 'published' && published.isNew)
			locals.record('notebookWritten', { what: `${name} ${published.version}` });
		const now = { version: last.version, text: last.text, by: last.by.name };
		return { outcome: published, published: now };
	},

	/** Throws the draft away; `restore` has it back. */
	discard: async ({ request, locals, params: { notebook: name } }) => {
		const revision = revisionOf(await request.formData());
		const account = ownAccount(locals);
		const discarded = await discardDraft(locals.shelf, account, name, { revision }, locals.instant);
		if (discarded?.kind !== 'saved') return fail(409, { stale: true });
		return { draft: await openDraft(locals.shelf, account, name) };
	},

	restore: async ({ locals, params: { notebook: name } }) => {
		const account = ownAccount(locals);
		const draft = await restoreDraft(locals.shelf, account, name, locals.instant);
		return draft ? { draft } : fail(409, { stale: true });
	}
};
