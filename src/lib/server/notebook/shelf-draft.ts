import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder, noneIfMissing, putFile, undefinedIfMissing } from './shelf-files.ts';
import {
	author,
	fits,
	history,
	isoOf,
	moment,
	nameOf,
	NotebookDamaged,
	onNotebook,
	placeFor,
	plainText,
	textOf,
	versionsIn,
	type Author,
	type Shelf
} from './shelf-versions.ts';

/**
 * What somebody is writing. `revision` grows with every change and is what a page says it has seen; `base` is the
 * published version that the text was made of; `savedAt` is ms since 1970.
 */
export type Draft = { text: string; revision: number; base: number; savedAt: number };

/** A draft was saved, or has been changed elsewhere since the revision that was seen: then this is how it stands. */
export type SavedDraft =
	{ kind: 'saved'; revision: number; savedAt: number } | ({ kind: 'stale' } & Draft) | { kind: 'tooLarge' };

/** What becomes of a draft: it is open, thrown away (and can be had back), or has become a version. */
const states = ['open', 'discarded', 'published'] as const;
const head = z.strictObject({
	by: author,
	revision: z.int().positive(),
	base: z.int().positive(),
	savedAt: moment,
	state: z.enum(states)
});
/** A draft as its file has it. */
export type KeptDraft = Draft & { state: (typeof states)[number] };

const accountPattern = /^[A-Za-z0-9_-]{1,60}$/;

function draftPath(place: string, { id }: Author): string {
	if (!accountPattern.test(id)) throw new Error('An account has no such id.');
	return join(place, 'drafts', `${id}.md`);
}

/** The draft that an account has of a notebook; undefined where there is none that is open. */
export async function findDraft(shelf: Shelf, account: Author, name: string): Promise<Draft | undefined> {
	const place = placeFor(shelf, name);
	if (place === undefined || !(await history(shelf, name)).length) return undefined;
	return openOf(await readDraft(place, account));
}

/**
 * What an account goes on writing: its draft, or where it has none the last version, as revision 0 of a draft that is
 * not kept yet. Undefined where there is no such notebook.
 */
export async function openDraft(
	shelf: Shelf,
	account: Author,
	name: string
): Promise<(Draft & { isKept: boolean }) | undefined> {
	const place = placeFor(shelf, name);
	const last = (await history(shelf, name)).at(-1);
	if (place === undefined || !last) return undefined;
	const draft = await readDraft(place, account);
	const open = openOf(draft);
	if (open) return { ...open, isKept: true };
	const text = await textOf(place, last);
	return { text, revision: draft?.revision ?? 0, base: last.number, savedAt: last.at, isKept: false };
}

/**
 * Keeps what somebody has written. `revision` is the one that the page has seen, `base` the version that its text was
 * made of, which counts where no draft is kept yet. What was saved elsewhere meanwhile is given back and stays.
 * Undefined where there is no such notebook.
 */
export function saveDraft(
	shelf: Shelf,
	account: Author,
	name: string,
	seen: { text: string; revision: number; base: number },
	instant: number
): Promise<SavedDraft | undefined> {
	return onNotebook(shelf, name, async (place, versions): Promise<SavedDraft> => {
		const text = plainText(seen.text);
		if (!fits(text)) return { kind: 'tooLarge' };
		const draft = await readDraft(place, account);
		const open = openOf(draft);
		// an answer that did not arrive: the same is sent once more
		if (open?.text === text) return { kind: 'saved', revision: open.revision, savedAt: open.savedAt };
		if ((draft?.revision ?? 0) !== seen.revision) return stale(place, draft);
		const base = Math.min(open?.base ?? seen.base, versions.length);
		return putDraft(place, account, { text, revision: seen.revision + 1, base, savedAt: instant });
	});
}

/** Throws a draft away; `restoreDraft` brings it back until something else is written. */
export function discardDraft(
	shelf: Shelf,
	account: Author,
	name: string,
	{ revision }: { revision: number },
	instant: number
): Promise<SavedDraft | undefined> {
	return onNotebook(shelf, name, async (place): Promise<SavedDraft> => {
		const draft = await readDraft(place, account);
		if (draft?.state !== 'open' || draft.revision !== revision) return stale(place, draft);
		return putDraft(place, account, { ...draft, revision: revision + 1, savedAt: instant }, 'discarded');
	});
}

/** Brings back what was thrown away last; undefined where nothing was, or something else has been written since. */
export function restoreDraft(
	shelf: Shelf,
	account: Author,
	name: string,
	instant: number
): Promise<Draft | undefined> {
	return onNotebook(shelf, name, async (place) => {
		const draft = await readDraft(place, account);
		if (draft?.state !== 'discarded') return undefined;
		const { text, base } = draft;
		const back = { text, base, revision: draft.revision + 1, savedAt: instant };
		await putDraft(place, account, back);
		return back;
	});
}

/** The draft of a notebook's folder that an account has, whatever has become of it. Throws NotebookDamaged. */
export async function readDraft(place: string, account: Author): Promise<KeptDraft | undefined> {
	const path = draftPath(place, account);
	const written = await readFile(path, 'utf8').catch(undefinedIfMissing);
	if (written === undefined) return undefined;
	const found = /^<!-- draft (\{.*\}) -->\n/.exec(written);
	try {
		const { revision, base, savedAt, state } = head.parse(JSON.parse(found?.[1] ?? ''));
		return { text: written.slice(found?.[0].length), revision, base, savedAt, state };
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof z.ZodError) throw new NotebookDamaged(path);
		throw error;
	}
}

/** Writes a draft of a notebook's folder. Runs in the notebook's turn. */
export async function putDraft(
	place: string,
	account: Author,
	{ text, revision, base, savedAt }: Draft,
	state: KeptDraft['state'] = 'open'
): Promise<SavedDraft & { kind: 'saved' }> {
	const path = draftPath(place, account);
	await makeFolder(dirname(path));
	const told = JSON.stringify({ by: nameOf(account), revision, base, savedAt: isoOf(savedAt), state });
	// nothing of a name can end the comment that it stands in
	await putFile(path, `<!-- draft ${told.replaceAll('-->', '--\\u003e')} -->\n${text}`);
	return { kind: 'saved', revision, savedAt };
}

export const openOf = (draft: KeptDraft | undefined): Draft | undefined => {
	if (draft?.state !== 'open') return undefined;
	const { text, revision, base, savedAt } = draft;
	return { text, revision, base, savedAt };
};

/** How a draft stands that was changed elsewhere: where none is open any more, as the last version. */
export async function stale(place: string, draft: KeptDraft | undefined): Promise<{ kind: 'stale' } & Draft> {
	const open = openOf(draft);
	if (open) return { kind: 'stale', ...open };
	const last = (await versionsIn(place)).at(-1);
	if (!last) throw new NotebookDamaged(place);
	const text = await textOf(place, last);
	return { kind: 'stale', text, revision: draft?.revision ?? 0, base: last.number, savedAt: last.at };
}

/** Whose drafts of a notebook's folder are open: the ids of their accounts. */
export async function openDrafts(place: string): Promise<Set<string>> {
	const files = await readdir(join(place, 'drafts')).catch(noneIfMissing);
	const ids = files.flatMap((file) => /^([A-Za-z0-9_-]+)\.md$/.exec(file)?.[1] ?? []);
	const open = await Promise.all(ids.map(async (id) => openOf(await readDraft(place, { id, name: '' }))));
	return new Set(ids.filter((_, at) => open[at]));
}
