/** Why a draft could not be kept on the server. */
export type SaveFailure = 'connection' | 'signedOut' | 'tooLarge' | 'ours';

/** A text of the draft on the server, with the number that each saving counts up, and when it was saved. */
export type SavedDraft = { text: string; revision: number; at: number | null };

/** What the server says to a draft: kept, or that another text has been kept meanwhile, or why it failed. */
export type SaveAnswer =
	{ saved: { revision: number; at: number | null } } | { other: SavedDraft } | { failure: SaveFailure };

/** What the page says of the draft. */
export type SaveState =
	| { kind: 'saved'; at: number | null }
	| { kind: 'waiting' }
	| { kind: 'saving' }
	| { kind: 'failed'; failure: SaveFailure }
	| { kind: 'conflict'; mine: string; other: SavedDraft };

type Means = {
	/** Sends a text to the server, which takes it only over the revision that is stated. */
	send: (text: string, revision: number, isLeaving: boolean) => Promise<SaveAnswer>;
	tell: (state: SaveState) => void;
	/** Keeps what is not saved yet in the browser; undefined when all is saved. */
	keep: (unsaved: { text: string; revision: number } | undefined) => void;
	/** Tells the revision that the server's draft has now. */
	onRevision?: (revision: number) => void;
	/** Calls back after so many milliseconds; answers how to call that off. */
	after: (ms: number, call: () => void) => () => void;
};

/** After the last letter, and after a failure. */
const waits = { typed: 1000, failed: 5000 };

/**
 * Saves a draft a moment after typing stops, one saving at a time, and never over what somebody else has saved: then
 * it waits until `takeOther` or `keepMine` is said. What is not saved yet is kept in the browser meanwhile.
 */
export function draftSaving(first: SavedDraft, { send, tell, keep, onRevision, after }: Means) {
	let saved = first;
	let text = first.text;
	let underWay: Promise<void> | undefined;
	let conflict: SavedDraft | undefined;
	let callOff = () => {};

	const isNow = (draft: SavedDraft) => {
		saved = draft;
		onRevision?.(draft.revision);
	};

	const soon = (ms: number) => {
		callOff();
		callOff = after(ms, () => void save());
	};

	async function save(): Promise<void> {
		callOff();
		if (underWay) return underWay.then(save);
		if (conflict || text === saved.text) return;
		tell({ kind: 'saving' });
		underWay = settle(text);
		await underWay;
		underWay = undefined;
	}

	async function settle(sent: string): Promise<void> {
		const answer = await send(sent, saved.revision, false);
		if ('other' in answer && answer.other.text !== sent) {
			conflict = answer.other;
			tell({ kind: 'conflict', mine: text, other: conflict });
		} else if ('failure' in answer) {
			tell({ kind: 'failed', failure: answer.failure });
			soon(waits.failed);
		} else {
			isNow('saved' in answer ? { ...answer.saved, text: sent } : answer.other);
			keep(text === sent ? undefined : { text, revision: saved.revision });
			if (text === sent) tell({ kind: 'saved', at: saved.at });
			else soon(waits.typed);
		}
	}

	return {
		/** The text is now this one. */
		changed(now: string) {
			text = now;
			keep(text === saved.text ? undefined : { text, revision: saved.revision });
			if (conflict) return tell({ kind: 'conflict', mine: text, other: conflict });
			if (text === saved.text && !underWay) {
				callOff();
				return tell({ kind: 'saved', at: saved.at });
			}
			tell({ kind: 'waiting' });
			soon(waits.typed);
		},
		/** Saves at once what is not saved; resolves when it is, or could not be. */
		save,
		/** The page is being left: one last try, which goes on without the page. */
		leave() {
			if (!conflict && text !== saved.text) void send(text, saved.revision, true);
		},
		/** The other's text is taken; answers it. The own one is no longer kept. */
		takeOther(): string {
			if (conflict) isNow(conflict);
			conflict = undefined;
			text = saved.text;
			keep(undefined);
			tell({ kind: 'saved', at: saved.at });
			return text;
		},
		/** The own text is saved over the other's. */
		keepMine(): Promise<void> {
			if (conflict) isNow(conflict);
			conflict = undefined;
			return save();
		},
		/** The server holds this text now, by another way than saving: published, thrown away, brought back. */
		isNow(draft: SavedDraft) {
			callOff();
			isNow(draft);
			[text, conflict] = [draft.text, undefined];
			keep(undefined);
			tell({ kind: 'saved', at: saved.at });
		},
		/** Whether something would be lost if the page went away. */
		isUnsaved: () => text !== saved.text
	};
}

export type DraftSaving = ReturnType<typeof draftSaving>;
