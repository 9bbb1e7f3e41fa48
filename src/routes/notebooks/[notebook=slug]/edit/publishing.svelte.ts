import { ask, asSaved, type PublishedNow } from './draft-requests.ts';
import type { Saving } from './saving.svelte.ts';

/** What has come of publishing or of throwing away, to be told over the text. */
export type Outcome =
	| { kind: 'published'; version: number; isNew: boolean }
	| { kind: 'merged' | 'conflicting'; by: string; version: number; marks: number }
	| { kind: 'discarded'; version: number }
	| { kind: 'back' }
	| { kind: 'failed' };

/** A line that git and diff3 mark a clash by. */
const marks = (text: string) => text.match(/^<{7}( |$)/gm)?.length ?? 0;

/** Makes a version of the draft, or throws it away and has it back. */
export class Publishing {
	isAsking = $state(false);
	isBusy = $state(false);
	outcome = $state.raw<Outcome>();
	published = $state.raw<PublishedNow>({ version: 0, text: '', by: '' });
	readonly #saving: Saving;
	/** Puts another text in place of the one that is written. */
	readonly show: (text: string) => void;

	constructor(published: PublishedNow, saving: Saving, show: (text: string) => void) {
		this.published = published;
		this.#saving = saving;
		this.show = show;
	}

	/** Publishes what is written now, with a note on what has changed. */
	publish = (note: string) =>
		this.#busy(async () => {
			await this.#saving.draft.save();
			if (this.#saving.state.kind === 'conflict') return (this.isAsking = false);
			const answer = await ask('?/publish', { note, revision: String(this.#saving.revision) });
			const { outcome, published } = answer ?? {};
			if (!outcome || !published) return (this.outcome = { kind: 'failed' });
			this.isAsking = false;
			this.published = published;
			if (outcome.kind === 'published') {
				const { text } = published;
				this.#saving.base = outcome.version;
				this.#saving.draft.isNow({ text, revision: this.#saving.revision + 1, at: null });
				return (this.outcome = outcome);
			}
			const { text, revision, base } = outcome;
			// changed elsewhere a moment ago: the next saving finds it, and asks which is to hold
			if (outcome.kind === 'stale') return (this.outcome = { kind: 'failed' });
			this.#saving.base = base;
			this.#saving.draft.isNow({ text, revision, at: null });
			this.show(text);
			return (this.outcome = { kind: outcome.kind, by: published.by, version: base, marks: marks(text) });
		});

	discard = () =>
		this.#busy(async () => {
			await this.#saving.draft.save();
			const answer = await ask('?/discard', { revision: String(this.#saving.revision) });
			if (!answer?.draft) return (this.outcome = { kind: 'failed' });
			this.#take(answer.draft);
			return (this.outcome = { kind: 'discarded', version: answer.draft.base });
		});

	restore = () =>
		this.#busy(async () => {
			const answer = await ask('?/restore', {});
			if (!answer?.draft) return (this.outcome = { kind: 'failed' });
			this.#take(answer.draft);
			return (this.outcome = { kind: 'back' });
		});

	#take(draft: Parameters<typeof asSaved>[0] & { base: number }) {
		this.#saving.base = draft.base;
		this.#saving.draft.isNow(asSaved(draft));
		this.show(draft.text);
	}

	async #busy(work: () => Promise<unknown>): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		this.outcome = undefined;
		await work();
		this.isBusy = false;
	}
}
