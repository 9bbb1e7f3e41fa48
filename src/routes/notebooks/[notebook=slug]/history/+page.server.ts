import { error, fail, redirect } from '@sveltejs/kit';
import { readPage, pagingOf } from '#lib/format/paging.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { diffCounts, lineDiff } from '#lib/notebook/line-diff.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import {
	draftOfVersion,
	findDraft,
	findOnShelf,
	history,
	readAny,
	removeNotebook,
	restoreVersion,
	titleOnShelf,
	type Shelf
} from '#lib/server/notebook/shelf.ts';
import { OnServer } from '../../../on-server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Versions on one page of the list. */
const pageSize = 50;

/** The versions of a notebook, the last one first, and the difference that the address asks for (`from`, `to`). */
export const load: PageServerLoad = async ({ locals, params: { notebook: name }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { shelf } = locals;
	const versions = (await history(shelf, name)).toReversed();
	const [last] = versions;
	if (!last) {
		// the product's has no versions but the program's
		if ((await readAny(shelf, name)) === undefined) error(404, m.shelf_unknown({ name }));
		redirect(303, localizeHref(`/notebooks/${name}`));
	}
	const draft = await findDraft(shelf, ownAccount(locals), name);
	const asked = askedPair(url, last.number, draft !== undefined);
	const [title, before, after] = await Promise.all([
		titleOnShelf(shelf, name),
		asked && textOf(shelf, name, asked.from),
		asked && (asked.to === 'draft' ? draft?.text : textOf(shelf, name, asked.to))
	]);
	const parts = before === undefined || after === undefined ? undefined : lineDiff(before, after);
	const pages = Math.ceil(versions.length / pageSize);
	const paging = pagingOf(Math.min(readPage(url.searchParams) ?? 1, pages), pageSize, versions.length);
	return {
		asOf: null,
		history: new OnServer({
			name,
			title: title[getLocale()],
			last: { ...last, moment: swedishTime(last.at) },
			count: versions.length,
			hasDraft: draft !== undefined,
			versions: versions
				.slice(paging.first - 1, paging.last)
				.map((version) => ({ ...version, moment: swedishTime(version.at) })),
			paging,
			asked: asked ?? { from: Math.max(last.number - 1, 1), to: draft ? ('draft' as const) : last.number },
			difference: asked && parts && { ...asked, parts, ...diffCounts(parts) }
		})
	};
};

const ownAccount = ({ account }: App.Locals) => account ?? error(401);

const textOf = async (shelf: Shelf, name: string, version: number) =>
	(await findOnShelf(shelf, name, version))?.text;

/** The two texts that an address asks to compare; undefined where it asks for none. 404 for a version there is not. */
function askedPair(url: URL, last: number, hasDraft: boolean) {
	const read = (name: string): number | undefined => {
		const text = url.searchParams.get(name);
		if (text === null) return undefined;
		const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : NaN;
		return number <= last ? number : error(404, m.shelf_no_version({ version: text.slice(0, 20) }));
	};
	const from = read('from');
	const wantsDraft = hasDraft && url.searchParams.get('to') === 'draft';
	const to = wantsDraft ? ('draft' as const) : read('to');
	return from === undefined || to === undefined ? undefined : { from, to };
}

export const actions: Actions = {
	restore: async ({ request, locals, params: { notebook: name } }) => {
		const form = await request.formData();
		const [version, last] = [Number(form.get('version')), Number(form.get('last'))];
		const note = m.shelf_note_restored({ version });
		const asked = { version, last, note };
		const made = await restoreVersion(locals.shelf, ownAccount(locals), name, asked, locals.instant);
		if (made === 'stale') return fail(409, { problem: m.shelf_restore_stale() });
		if (!made) error(404, m.shelf_no_version({ version: String(version) }));
		locals.record('notebookWritten', { what: `${name} ${made.number} as ${version}` });
		return { restored: { version: made.number, from: version } };
	},
	draft: async ({ request, locals, params: { notebook: name } }) => {
		const version = Number((await request.formData()).get('version'));
		const draft = await draftOfVersion(locals.shelf, ownAccount(locals), name, version, locals.instant);
		if (!draft) error(404, m.shelf_no_version({ version: String(version) }));
		if (draft.kind !== 'saved') return fail(409, { problem: m.shelf_restore_has_draft() });
		redirect(303, localizeHref(`/notebooks/${name}/edit`));
	},
	remove: async ({ locals, params: { notebook: name } }) => {
		const removed = await removeNotebook(locals.shelf, ownAccount(locals), name, locals.instant);
		if (!removed) error(404, m.shelf_unknown({ name }));
		locals.record('notebookWritten', { what: `${name} set aside` });
		redirect(303, `${localizeHref('/notebooks')}?removed=${name}`);
	}
};
