/**
 * The installation's own notebooks: a shelf in the data folder, a folder per notebook (DATA/notebooks/NAME/):
 *
 *   versions/0001.md …   what was published, never changed again
 *   versions.jsonl       who published each, when, with what note, and its fingerprint
 *   drafts/ACCOUNT.md    what somebody is writing, under a line that says since which version
 *   removed.json         set aside, by whom; the notebook is there still
 *
 * Every write is whole or not at all. A file that versions.jsonl does not name was never published.
 */
export {
	discardDraft,
	findDraft,
	openDraft,
	restoreDraft,
	saveDraft,
	type Draft,
	type SavedDraft
} from './shelf-draft.ts';
export { listShelf, titleOnShelf, type Listed, type ListedNotebook } from './shelf-list.ts';
export { createNotebook, type Created, type NewNotebook } from './shelf-new.ts';
export { draftOfVersion, publish, restoreVersion, type Published } from './shelf-publish.ts';
export { bringBack, removeNotebook } from './shelf-removed.ts';
export {
	findOnShelf,
	history,
	mostBytes,
	NotebookDamaged,
	openShelf,
	readAny,
	type Author,
	type Shelf,
	type ShelvedNotebook,
	type Version
} from './shelf-versions.ts';
