import { error, type RequestEvent } from '@sveltejs/kit';
import type { Arguments } from '#lib/notebook/front-matter.ts';
import { namePattern } from '#lib/notebook/table.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { isDay, type Day } from '#lib/period/day.ts';
import { pageKey } from '#lib/server/export/html-inputs.ts';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import type { DeskRun } from '#lib/server/notebook/desk.ts';
import { Stopped } from '#lib/server/notebook/sandbox.ts';
import { NotebookDamaged } from '#lib/server/notebook/shelf.ts';
import { findWritten, type WrittenNotebook } from '#lib/server/notebook/written.ts';

/** A notebook that has been found and run, as its address asks for it. */
export type AskedNotebook = { written: WrittenNotebook; run: DeskRun };

type Asking = Pick<RequestEvent, 'locals' | 'url' | 'request'> & { params: { notebook: string } };

/** Keys of an address that say which notebook; every other that could be one is a parameter. */
const versionKeys = ['version', 'draft'];
const dayKey = 'as-of';

/**
 * The notebook that an address names. Answers 404 for one, a version or a draft that there is not, 500 in words for one
 * whose file is not as it was published.
 */
export async function askedText({ locals, url, params }: Asking): Promise<WrittenNotebook> {
	const { notebook: name } = params;
	const version = url.searchParams.get('version');
	const isDraft = url.searchParams.has('draft');
	if (version !== null && !/^[1-9]\d{0,5}$/.test(version))
		error(404, m.notebook_no_version({ name, version }));
	const written = await findWritten(locals.shelf, name, {
		version: version === null ? undefined : Number(version),
		draftOf: isDraft ? (locals.account ?? error(401)) : undefined
	}).catch((thrown: unknown) => {
		if (thrown instanceof NotebookDamaged) error(500, m.shelf_damaged({ fault: thrown.message }));
		throw thrown;
	});
	if (written) return written;
	if (isDraft) error(404, m.notebook_no_draft({ name }));
	error(404, version === null ? m.notebook_unknown({ name }) : m.notebook_no_version({ name, version }));
}

/**
 * Runs the notebook that an address names with what else the address says. That the register was asked is written
 * down; what was kept from before asks it nothing. `paged`: long tables are shown page by page; `every`: the data of all
 * SQL blocks is wanted.
 */
export async function askedNotebook(
	asking: Asking,
	{ paged = false, every = false } = {}
): Promise<AskedNotebook> {
	const { locals, url, request } = asking;
	const written = await askedText(asking);
	const run = await askNotebook(locals.scope, locals, {
		name: written.name,
		text: written.text,
		parameters: parametersOf(url),
		locale: getLocale(),
		today: dayOf(url, locals.asOf),
		...(paged && { pages: pagesOf(url) }),
		every,
		who: locals.account?.id,
		signal: request.signal
	}).catch((thrown: unknown) => {
		// whoever asked has gone, and sees no answer
		if (thrown instanceof Stopped) error(408);
		throw thrown;
	});
	if (run.steps.some(({ state }) => state === 'done' || state === 'failed'))
		locals.record('notebookAsked', { what: `${url.pathname}${url.search}` });
	return { written, run };
}

/** The day from which an address looks; today's when it says none. Answers 400 for one that is none or lies ahead. */
function dayOf(url: URL, today: Day): Day {
	const asked = url.searchParams.get(dayKey);
	if (asked === null) return today;
	return isDay(asked) && asked <= today ? asked : error(400, m.view_bad_as_of({ value: asked }));
}

/** What an address says for the notebook's parameters. */
function parametersOf(url: URL): Arguments {
	return Object.fromEntries(
		[...url.searchParams].filter(([key]) => namePattern.test(key) && !versionKeys.includes(key))
	);
}

/** Which page of each long table an address asks for; anything that is no page is the first. */
function pagesOf(url: URL): Record<string, number> {
	const asked = [...url.searchParams].filter(
		([key, value]) => key.startsWith(pageKey) && /^[1-9]\d{0,6}$/.test(value)
	);
	return Object.fromEntries(asked.map(([key, value]) => [key.slice(pageKey.length), Number(value)]));
}

/** What an address says besides its pages, with `?`, for the files of the same notebook; or nothing. */
export function fileQuery(url: URL): string {
	const kept = [...url.searchParams].filter(([key]) => !key.startsWith(pageKey));
	const text = new URLSearchParams(kept).toString();
	return text && `?${text}`;
}
