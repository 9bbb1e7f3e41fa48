import { beforeEach, describe, expect, test } from 'vitest';
import {
	draftSaving,
	type SaveAnswer,
	type SaveState
} from '../../src/routes/notebooks/[notebook=slug]/edit/draft-saving.ts';

type Sent = { text: string; revision: number; isLeaving: boolean; answer: (answer: SaveAnswer) => void };

/** A page over a draft, whose clock and server are held in the hand. */
function page() {
	const sent: Sent[] = [];
	const states: SaveState[] = [];
	let due: (() => void) | undefined;
	let kept: { text: string; revision: number } | undefined;
	const draft = draftSaving(
		{ text: 'first', revision: 3, at: null },
		{
			send: (text, revision, isLeaving) =>
				new Promise((answer) => sent.push({ text, revision, isLeaving, answer })),
			tell: (state) => states.push(state),
			keep: (unsaved) => (kept = unsaved),
			after: (_, call) => {
				due = call;
				return () => (due = undefined);
			}
		}
	);
	return {
		draft,
		sent,
		kept: () => kept,
		state: () => states.at(-1),
		/** The wait is over. */
		wait: () => due?.(),
		isWaiting: () => due !== undefined,
		/** The server answers what was sent last. */
		async answer(answer: SaveAnswer) {
			sent.at(-1)?.answer(answer);
			await new Promise((done) => setTimeout(done));
		}
	};
}

let at: ReturnType<typeof page>;
beforeEach(() => {
	at = page();
});

describe('a draft', () => {
	test('is saved once, a moment after the last letter, over the revision that was seen', async () => {
		at.draft.changed('first l');
		at.draft.changed('first li');
		expect(at.sent).toEqual([]);
		expect(at.state()).toEqual({ kind: 'waiting' });
		at.wait();
		expect(at.sent).toMatchObject([{ text: 'first li', revision: 3, isLeaving: false }]);
		await at.answer({ saved: { revision: 4, at: 1000 } });
		expect(at.state()).toEqual({ kind: 'saved', at: 1000 });
		expect(at.kept()).toBeUndefined();
	});

	test('that is written on while it is being saved is saved again afterwards, over the new revision', async () => {
		at.draft.changed('a');
		at.wait();
		at.draft.changed('ab');
		await at.answer({ saved: { revision: 4, at: 1000 } });
		expect(at.kept()).toEqual({ text: 'ab', revision: 4 });
		at.wait();
		expect(at.sent.at(-1)).toMatchObject({ text: 'ab', revision: 4 });
		expect(at.sent).toHaveLength(2);
	});

	test('that is asked to be saved twice at once goes over one after the other', async () => {
		at.draft.changed('a');
		void at.draft.save();
		at.draft.changed('ab');
		void at.draft.save();
		expect(at.sent).toHaveLength(1);
		await at.answer({ saved: { revision: 4, at: 1 } });
		expect(at.sent.at(-1)).toMatchObject({ text: 'ab', revision: 4 });
	});

	test('that could not be saved is kept in the browser and tried again', async () => {
		at.draft.changed('a');
		at.wait();
		await at.answer({ failure: 'connection' });
		expect(at.state()).toEqual({ kind: 'failed', failure: 'connection' });
		expect(at.kept()).toEqual({ text: 'a', revision: 3 });
		expect(at.draft.isUnsaved()).toBe(true);
		at.wait();
		await at.answer({ saved: { revision: 4, at: 2 } });
		expect(at.state()).toEqual({ kind: 'saved', at: 2 });
		expect(at.draft.isUnsaved()).toBe(false);
	});

	test('that comes back to what is saved needs no saving', () => {
		at.draft.changed('a');
		at.draft.changed('first');
		expect(at.isWaiting()).toBe(false);
		expect(at.state()).toEqual({ kind: 'saved', at: null });
	});

	test('is sent a last time when the page is left, and only where something is not saved', () => {
		at.draft.leave();
		expect(at.sent).toEqual([]);
		at.draft.changed('a');
		at.draft.leave();
		expect(at.sent).toMatchObject([{ text: 'a', revision: 3, isLeaving: true }]);
	});
});

describe('a draft that another tab has changed', () => {
	const other = { text: 'theirs', revision: 7, at: 5 };
	beforeEach(async () => {
		at.draft.changed('mine');
		at.wait();
		await at.answer({ other });
	});

	test('is not saved over, however long is written on, until somebody chooses', async () => {
		expect(at.state()).toEqual({ kind: 'conflict', mine: 'mine', other });
		at.draft.changed('mine on');
		expect(at.state()).toEqual({ kind: 'conflict', mine: 'mine on', other });
		await at.draft.save();
		at.draft.leave();
		expect(at.sent).toHaveLength(1);
		expect(at.kept()).toEqual({ text: 'mine on', revision: 3 });
	});

	test('becomes the other text when that is taken', () => {
		expect(at.draft.takeOther()).toBe('theirs');
		expect(at.state()).toEqual({ kind: 'saved', at: 5 });
		expect(at.draft.isUnsaved()).toBe(false);
		expect(at.kept()).toBeUndefined();
	});

	test('becomes the own text over the revision of the other when that is kept', async () => {
		void at.draft.keepMine();
		expect(at.sent.at(-1)).toMatchObject({ text: 'mine', revision: 7 });
		await at.answer({ saved: { revision: 8, at: 9 } });
		expect(at.state()).toEqual({ kind: 'saved', at: 9 });
	});
});

test('another tab that saved the same text is no conflict', async () => {
	at.draft.changed('same');
	at.wait();
	await at.answer({ other: { text: 'same', revision: 9, at: 4 } });
	expect(at.state()).toEqual({ kind: 'saved', at: 4 });
	at.draft.changed('same and more');
	at.wait();
	expect(at.sent.at(-1)).toMatchObject({ revision: 9 });
});

test('what was published is what the next change is counted from', () => {
	at.draft.changed('a');
	at.draft.isNow({ text: 'published', revision: 5, at: null });
	expect(at.isWaiting()).toBe(false);
	at.draft.changed('published and more');
	at.wait();
	expect(at.sent.at(-1)).toMatchObject({ text: 'published and more', revision: 5 });
});
