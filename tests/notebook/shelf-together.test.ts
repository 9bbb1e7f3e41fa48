import * as fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markedLines } from '#lib/notebook/merge.ts';
import {
	createNotebook,
	findOnShelf,
	openDraft,
	openShelf,
	publish,
	saveDraft,
	type Author,
	type Shelf
} from '#lib/server/notebook/shelf.ts';
import { erik, karin, noon } from './fresh-shelf.ts';

const name = 'together';

/** A page on which somebody writes: what it shows, and what it has seen of the draft. */
type Page = { who: Author; text: string; revision: number; base: number };

const step = fc.record({
	who: fc.constantFrom(0, 1),
	does: fc.constantFrom('add', 'add', 'take', 'save', 'publish', 'reload'),
	at: fc.nat(20)
});

async function reload(shelf: Shelf, page: Page): Promise<void> {
	const draft = await openDraft(shelf, page.who, name);
	if (!draft) throw new Error('There is no such notebook.');
	Object.assign(page, { text: draft.text, revision: draft.revision, base: draft.base });
}

async function save(shelf: Shelf, page: Page): Promise<void> {
	const saved = await saveDraft(shelf, page.who, name, page, noon);
	if (saved?.kind !== 'saved') throw new Error(`${page.who.name}: ${saved?.kind}`);
	page.revision = saved.revision;
}

/** Publishes what is on a page; where both changed the same lines, its reader keeps both sides. */
async function send(shelf: Shelf, page: Page): Promise<void> {
	await save(shelf, page);
	for (;;) {
		const sent = await publish(shelf, page.who, name, { ...page, note: '', locale: 'sv' }, noon);
		if (!sent) throw new Error('There is no such notebook.');
		if (sent.kind === 'published') return reload(shelf, page);
		Object.assign(page, { text: sent.text, revision: sent.revision, base: sent.base });
		if (sent.kind !== 'conflicting') continue;
		const marks = new Set(markedLines(page.text));
		expect(marks.size).toBeGreaterThan(0);
		page.text = page.text
			.split('\n')
			.filter((_, at) => !marks.has(at + 1))
			.join('\n');
		await save(shelf, page);
	}
}

test('however two people save and publish, no line that was kept is lost unless somebody took it away', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
			const folder = await mkdtemp(join(tmpdir(), 'together-'));
			try {
				const shelf = openShelf(folder, folder);
				const file = Buffer.from('one\n\ntwo\n\nthree');
				await createNotebook(shelf, erik, { title: name, from: { file }, note: '' }, noon);
				const pages = [erik, karin].map((who): Page => ({ who, text: '', revision: 0, base: 1 }));
				for (const page of pages) await reload(shelf, page);
				const kept = new Set<string>();
				const taken = new Set<string>();
				for (const [number, { who, does, at }] of steps.entries()) {
					const page = pages[who];
					if (!page) continue;
					const lines = page.text.split('\n');
					const place = at % (lines.length + 1);
					if (does === 'add') lines.splice(place, 0, `${page.who.name} ${number}`);
					if (does === 'take') for (const line of lines.splice(place, 1)) taken.add(line);
					page.text = lines.join('\n');
					if (does === 'publish') await send(shelf, page);
					// who looks again has saved before, as the page does by itself
					if (does === 'save' || does === 'reload') await save(shelf, page);
					if (does === 'reload') await reload(shelf, page);
					if (does !== 'add' && does !== 'take') for (const line of page.text.split('\n')) kept.add(line);
				}
				for (const page of pages) await send(shelf, page);
				const last = (await findOnShelf(shelf, name))?.text.split('\n') ?? [];
				expect(last.filter((line) => markedLines(line).length)).toEqual([]);
				expect([...kept].filter((line) => !taken.has(line) && !last.includes(line))).toEqual([]);
			} finally {
				await rm(folder, { recursive: true });
			}
		}),
		{ numRuns: 30 }
	);
});
