import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
	createNotebook,
	findOnShelf,
	history,
	listShelf,
	NotebookDamaged,
	publish,
	saveDraft,
	type Shelf
} from '#lib/server/notebook/shelf.ts';
import { erik, lines, noon, shelfWith } from './fresh-shelf.ts';

const save = (shelf: Shelf, text: string, revision: number) =>
	saveDraft(shelf, erik, 'trial', { text, revision, base: 1 }, noon);
const send = (shelf: Shelf, revision: number) =>
	publish(shelf, erik, 'trial', { note: '', revision, locale: 'en' }, noon);

test('what a killed process left behind is never read, and the next one goes on', async () => {
	const shelf = await shelfWith('a');
	const place = join(shelf.folder, 'trial');
	await save(shelf, lines('b'), 0);
	// killed while a version was written, between it and the list, and while a notebook was made
	await writeFile(join(place, 'versions', 'writing-1'), 'half');
	await writeFile(join(place, 'versions', '0002.md'), 'never published');
	await writeFile(join(place, 'drafts', 'writing-2'), '<!-- dra');
	await writeFile(join(place, 'writing-3'), '{"number":1');
	await mkdir(join(shelf.folder, 'new', 'versions'), { recursive: true });
	await mkdir(join(shelf.folder, 'half-made', 'versions'), { recursive: true });
	await writeFile(join(shelf.folder, 'half-made', 'versions', '0001.md'), 'never listed');
	expect(await history(shelf, 'trial')).toHaveLength(1);
	expect(await findOnShelf(shelf, 'trial', 2)).toBeUndefined();
	expect((await listShelf(shelf, erik)).own).toMatchObject([
		{ name: 'trial', hasDraft: true, otherDrafts: 0 }
	]);
	expect(await send(shelf, 1)).toMatchObject({ kind: 'published', version: 2 });
	expect((await findOnShelf(shelf, 'trial'))?.text).toBe(lines('b'));
	const from = { file: Buffer.from(lines('made after all')) };
	expect(await createNotebook(shelf, erik, { title: 'half made', from, note: '' }, noon)).toMatchObject({
		kind: 'created'
	});
	expect((await findOnShelf(shelf, 'half-made'))?.text).toBe(lines('made after all'));
	const left = await readdir(place, { recursive: true });
	expect(left.filter((name) => name.includes('writing-'))).toEqual([]);
});

test('at whatever write the process is killed, what was acknowledged is there and the draft can be published', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, lines('b'), 0);
	const before = join(shelf.folder, 'before');
	const place = join(shelf.folder, 'trial');
	await cp(place, before, { recursive: true });
	await send(shelf, 1);
	const written = ['versions/0002.md', 'versions.jsonl', 'drafts/erik-account.md'];
	for (let upTo = 0; upTo <= written.length; upTo++) {
		const [name, stopped] = [`killed-${upTo}`, join(shelf.folder, `killed-${upTo}`)];
		await cp(before, stopped, { recursive: true });
		for (const path of written.slice(0, upTo)) await cp(join(place, path), join(stopped, path));
		const again = await publish(shelf, erik, name, { note: '', revision: 1, locale: 'sv' }, noon);
		expect(again, name).toMatchObject({ kind: 'published', version: 2 });
		expect(await history(shelf, name), name).toHaveLength(2);
		expect((await findOnShelf(shelf, name))?.text, name).toBe(lines('b'));
	}
});

test('a disk that refuses to write is told, and nothing has changed', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, 'kept', 0);
	const drafts = join(shelf.folder, 'trial', 'drafts');
	await rm(drafts, { recursive: true });
	await writeFile(drafts, 'no folder');
	await expect(save(shelf, 'lost?', 1)).rejects.toThrow(/ENOTDIR|EEXIST/);
	expect((await findOnShelf(shelf, 'trial'))?.text).toBe(lines('a'));
});

test('a version that is no longer as it was published is not shown, and the list says so', async () => {
	const shelf = await shelfWith('a');
	const from = { starter: true } as const;
	await createNotebook(shelf, erik, { title: 'whole', from, note: '' }, noon);
	await appendFile(join(shelf.folder, 'trial', 'versions', '0001.md'), 'by hand');
	await expect(findOnShelf(shelf, 'trial')).rejects.toThrow(NotebookDamaged);
	expect((await listShelf(shelf, erik)).own).toMatchObject([
		{ name: 'trial', problem: expect.stringContaining('0001.md is not as it was published') },
		{ name: 'whole', problem: null }
	]);
	await writeFile(join(shelf.folder, 'whole', 'versions.jsonl'), '{"number":2}\n');
	await expect(history(shelf, 'whole')).rejects.toThrow('Put that file back from a backup');
});

test('a draft of a version that a restored backup does not have is published on what there is', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, lines('b'), 0);
	const path = join(shelf.folder, 'trial', 'drafts', 'erik-account.md');
	const written = await readFile(path, 'utf8');
	await writeFile(path, written.replace('"base":1', '"base":2'));
	expect(await send(shelf, 1)).toMatchObject({ kind: 'published', version: 2 });
});
