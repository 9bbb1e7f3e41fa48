import { error, fail, redirect } from '@sveltejs/kit';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import {
	bringBack,
	createNotebook,
	listShelf,
	type Created,
	type ListedNotebook,
	type NewNotebook
} from '#lib/server/notebook/shelf.ts';
import { OnServer } from '../on-server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A notebook as the page shows it: its title in the reader's language, moments in Swedish local time. */
const shown = (listed: ListedNotebook) => ({
	...listed,
	title: listed.title[getLocale()],
	last: listed.last && { ...listed.last, moment: swedishTime(listed.last.at) },
	removed: listed.removed && { ...listed.removed, moment: swedishTime(listed.removed.at) }
});

/** The notebooks, and what a new one may begin with; the address may name the one to copy, or one just set aside. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { own, product, removed } = await listShelf(locals.shelf, ownAccount(locals));
	const copied = url.searchParams.get('copy');
	const named = url.searchParams.get('removed');
	return {
		asOf: null,
		shelf: new OnServer({
			own: own.map(shown),
			product: product.map(shown),
			removed: removed.map(shown),
			copied: [...own, ...product].find(({ name }) => name === copied)?.name ?? null,
			justRemoved: removed.map(shown).find(({ name }) => name === named) ?? null
		})
	};
};

const ownAccount = ({ account }: App.Locals) => account ?? error(401);

type Refused = Exclude<Created, { kind: 'created' }> | { kind: 'noFile' };
/** What was asked for and cannot be done, for the form to show again. */
const complain = (form: 'create' | 'import', title: string, from: string, refused: Refused) =>
	fail(400, { complaint: { form, title, from, refused } });

export const actions: Actions = {
	create: async ({ request, locals }) => {
		const form = await request.formData();
		const title = String(form.get('title') ?? '').slice(0, 200);
		const source = String(form.get('from') ?? '');
		const from = source === '' ? ({ starter: true } as const) : { copyOf: source };
		const note = source === '' ? m.shelf_note_begun() : m.shelf_note_copied({ name: source });
		const created = await create(locals, { title, from, note });
		return complain('create', title, source, created);
	},
	import: async ({ request, locals }) => {
		const form = await request.formData();
		const title = String(form.get('title') ?? '').slice(0, 200);
		const file = form.get('file');
		if (!(file instanceof File) || file.name === '') return complain('import', title, '', { kind: 'noFile' });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const called = title.trim() || file.name.replace(/\.[^.]*$/, '');
		const note = m.shelf_note_imported({ file: file.name.slice(0, 100) });
		return complain(
			'import',
			title,
			'',
			await create(locals, { title: called, from: { file: bytes }, note })
		);
	},
	bringBack: async ({ request, locals }) => {
		const name = String((await request.formData()).get('name') ?? '');
		if (!(await bringBack(locals.shelf, name))) error(404, m.shelf_unknown({ name }));
		locals.record('notebookWritten', { what: `${name} brought back` });
		return { broughtBack: name };
	}
};

/** Makes a notebook and leads to where it is written; or says why it cannot be made. */
async function create(locals: App.Locals, asked: NewNotebook): Promise<Refused> {
	const created = await createNotebook(locals.shelf, ownAccount(locals), asked, locals.instant);
	if (created.kind !== 'created') return created;
	locals.record('notebookWritten', { what: `${created.name} 1` });
	redirect(303, localizeHref(`/notebooks/${created.name}/edit`));
}
