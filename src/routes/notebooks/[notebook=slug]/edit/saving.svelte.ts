import { draftSaving, type DraftSaving, type SavedDraft, type SaveState } from './draft-saving.ts';
import { sendDraft } from './draft-requests.ts';
import { keepUnsaved, keptUnsaved } from './unsaved-text.ts';

/** The draft of a page, and how far it is saved. */
export class Saving {
	state = $state.raw<SaveState>({ kind: 'waiting' });
	/** The revision of the draft on the server that this page has seen last. */
	revision: number;
	/** The published version that the text is made of. */
	base: number;
	/** The text to begin with; one that had not been saved when this tab was left, before the server's. */
	readonly first: string;
	readonly wasRestored: boolean;
	/** Saves, and is told of every change. */
	readonly draft: DraftSaving;

	constructor(name: string, address: string, server: SavedDraft & { base: number; isKept: boolean }) {
		this.revision = server.revision;
		this.base = server.base;
		this.state = { kind: 'saved', at: server.isKept ? server.at : null };
		const unsaved = keptUnsaved(name);
		// what was written on an older draft than the server's is shown beside it, as of any other tab
		const on = unsaved && unsaved.revision !== server.revision ? unsaved.revision : server.revision;
		this.first = unsaved?.text ?? server.text;
		this.wasRestored = unsaved !== undefined && unsaved.text !== server.text;
		this.draft = draftSaving(
			{ text: server.text, revision: on, at: server.isKept ? server.at : null },
			{
				send: (text, revision, isLeaving) =>
					sendDraft(address, { text, revision, base: this.base }, isLeaving),
				tell: (state) => (this.state = state),
				keep: (unsavedNow) => keepUnsaved(name, unsavedNow),
				onRevision: (revision) => (this.revision = revision),
				after: (ms, call) => {
					const timer = setTimeout(call, ms);
					return () => clearTimeout(timer);
				}
			}
		);
		if (this.wasRestored) this.draft.changed(this.first);
	}
}
