import type { Locale } from '#lib/catalogue/text.ts';
import { markedLines, merge } from '#lib/notebook/merge.ts';
import { m } from '#lib/paraglide/messages.js';
import { putDraft, readDraft, stale, type Draft, type KeptDraft, type SavedDraft } from './shelf-draft.ts';
import {
	addVersion,
	NotebookDamaged,
	onNotebook,
	textOf,
	type Author,
	type Shelf,
	type Version
} from './shelf-versions.ts';

/**
 * What became of publishing. `merged`: somebody published meanwhile, and the draft now holds both; it is published
 * when it has been seen. `conflicting`: the draft has marks where both changed the same lines, and cannot be published
 * while they stand. `stale`: the draft was changed elsewhere, and stands as is given.
 */
export type Published =
	| { kind: 'published'; version: number; isNew: boolean }
	| { kind: 'merged' | 'conflicting' | 'stale'; text: string; revision: number; base: number };

/**
 * Publishes the draft of an account, which has seen it as it was at `revision`. Published once only, also when the
 * same is asked again. Undefined where there is no such notebook.
 */
export function publish(
	shelf: Shelf,
	account: Author,
	name: string,
	{ note, revision, locale }: { note: string; revision: number; locale: Locale },
	instant: number
): Promise<Published | undefined> {
	return onNotebook(shelf, name, async (place, versions): Promise<Published> => {
		const draft = await readDraft(place, account);
		// an answer that did not arrive: the same is asked once more
		if (draft?.state === 'published' && draft.revision === revision + 1)
			return { kind: 'published', version: draft.base, isNew: false };
		if (draft?.state !== 'open' || draft.revision !== revision) return told(await stale(place, draft));
		if (markedLines(draft.text).length) return told({ kind: 'conflicting', ...draft });
		const last = lastOf(place, versions);
		const isAsLast = draft.text === (await textOf(place, last));
		// of a version that a restored backup no longer has, the draft itself holds what it said
		if (!isAsLast && draft.base < last.number)
			return mergeIn(place, account, draft, last, versions, locale, instant);
		const made = isAsLast
			? last
			: await addVersion(place, versions, draft.text, { by: account, note, basedOn: last.number }, instant);
		await putDraft(
			place,
			account,
			{ text: draft.text, revision: revision + 1, base: made.number, savedAt: instant },
			'published'
		);
		return { kind: 'published', version: made.number, isNew: !isAsLast };
	});
}

const told = <Kind extends string>({ kind, text, revision, base }: { kind: Kind } & Draft) => ({
	kind,
	text,
	revision,
	base
});

function lastOf(place: string, versions: readonly Version[]): Version {
	const last = versions.at(-1);
	if (!last) throw new NotebookDamaged(place);
	return last;
}

/** Makes of a draft and what was published since one draft, on the last version. */
async function mergeIn(
	place: string,
	account: Author,
	draft: KeptDraft,
	last: Version,
	versions: readonly Version[],
	locale: Locale,
	instant: number
): Promise<Published> {
	const base = versions[draft.base - 1];
	if (!base) throw new NotebookDamaged(place);
	const theirs = await textOf(place, last);
	const { text, conflicts } = merge(draft.text, await textOf(place, base), theirs, {
		mine: m.shelf_mark_mine({}, { locale }),
		theirs: m.shelf_mark_theirs({ name: last.by.name, version: last.number }, { locale }),
		end: m.shelf_mark_end({}, { locale })
	});
	const next = { text, revision: draft.revision + 1, base: last.number };
	await putDraft(place, account, { ...next, savedAt: instant });
	return { kind: conflicts ? 'conflicting' : 'merged', ...next };
}

/**
 * Publishes an earlier version anew, as the next one. `last` is the newest version that the page has shown: gives
 * `stale` where there is a newer one by now, and undefined where there is no such notebook or version.
 */
export async function restoreVersion(
	shelf: Shelf,
	account: Author,
	name: string,
	{ version: number, last, note }: { version: number; last: number; note: string },
	instant: number
): Promise<Version | 'stale' | undefined> {
	return onNotebook(shelf, name, async (place, versions) => {
		const version = versions[number - 1];
		if (!version) return undefined;
		if (versions.length !== last) return 'stale' as const;
		const text = await textOf(place, version);
		return addVersion(place, versions, text, { by: account, note, basedOn: number }, instant);
	});
}

/**
 * Begins a draft that says what an earlier version said, on the last one. Gives the draft that stands in the way where
 * the account has one, and undefined where there is no such notebook or version.
 */
export async function draftOfVersion(
	shelf: Shelf,
	account: Author,
	name: string,
	number: number,
	instant: number
): Promise<SavedDraft | undefined> {
	return onNotebook(shelf, name, async (place, versions): Promise<SavedDraft | undefined> => {
		const version = versions[number - 1];
		if (!version) return undefined;
		const draft = await readDraft(place, account);
		if (draft?.state === 'open') return stale(place, draft);
		const text = await textOf(place, version);
		const revision = (draft?.revision ?? 0) + 1;
		return putDraft(place, account, { text, revision, base: versions.length, savedAt: instant });
	});
}
