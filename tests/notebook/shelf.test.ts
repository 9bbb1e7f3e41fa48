import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { glance } from '#lib/server/notebook/glance.ts';
import {
	bringBack,
	createNotebook,
	discardDraft,
	draftOfVersion,
	findDraft,
	findOnShelf,
	history,
	listShelf,
	mostBytes,
	openDraft,
	publish,
	readAny,
	removeNotebook,
	restoreDraft,
	restoreVersion,
	saveDraft,
	type Author,
	type NewNotebook,
	type Shelf
} from '#lib/server/notebook/shelf.ts';
import { erik, freshShelf, karin, lines, noon, shelfWith } from './fresh-shelf.ts';

const eriksName = { id: erik.id, name: erik.name };
const starter = { starter: true } as const;
const create = (shelf: Shelf, title: string, from: NewNotebook['from'] = starter) =>
	createNotebook(shelf, erik, { title, from, note: 'Begun' }, noon);
const save = (shelf: Shelf, who: Author, text: string, revision: number, base = 1) =>
	saveDraft(shelf, who, 'trial', { text, revision, base }, noon + revision);
const send = (shelf: Shelf, who: Author, revision: number, note = 'Changed') =>
	publish(shelf, who, 'trial', { note, revision, locale: 'en' }, noon + 1000);

test('a new notebook has its title, a name made of it, and files that a person can read', async () => {
	const shelf = await freshShelf();
	const made = await create(shelf, ' Årsrapport 2026 ');
	expect(made).toMatchObject({
		kind: 'created',
		name: 'arsrapport-2026',
		version: { number: 1, by: eriksName }
	});
	const place = join(shelf.folder, 'arsrapport-2026');
	expect((await readdir(place, { recursive: true })).sort()).toEqual([
		'versions',
		'versions.jsonl',
		'versions/0001.md'
	]);
	expect(await readFile(join(place, 'versions/0001.md'), 'utf8')).toContain('title: "Årsrapport 2026"\n');
	expect(JSON.parse(await readFile(join(place, 'versions.jsonl'), 'utf8'))).toMatchObject({
		number: 1,
		at: '2026-11-23T09:00:00.000Z',
		by: { name: 'Erik Holm' },
		note: 'Begun'
	});
	expect(await readFile(join(place, 'versions.jsonl'), 'utf8')).not.toContain('demo.example');
	for (const path of ['', 'versions', 'versions.jsonl', 'versions/0001.md'])
		expect((await stat(join(place, path))).mode & 0o077, path).toBe(0);
	expect(await findOnShelf(shelf, 'arsrapport-2026')).toMatchObject({
		version: 1,
		isLast: true,
		by: eriksName
	});
});

test('a name that is taken, by the installation, the product or what is set aside, is refused with whose it is', async () => {
	const shelf = await shelfWith('a');
	expect(await create(shelf, 'TRIAL!')).toEqual({ kind: 'taken', name: 'trial', whose: 'installation' });
	expect(await create(shelf, 'Late births')).toEqual({
		kind: 'taken',
		name: 'late-births',
		whose: 'product'
	});
	await removeNotebook(shelf, erik, 'trial', noon);
	expect(await create(shelf, 'Tríal')).toEqual({ kind: 'taken', name: 'trial', whose: 'removed' });
	const hers = createNotebook(shelf, karin, { title: 'Twice', from: starter, note: 'Begun' }, noon);
	const [one, two] = await Promise.all([create(shelf, 'Twice'), hers]);
	expect([one.kind, two.kind].sort()).toEqual(['created', 'taken']);
});

test('a name that a file system dislikes, or that leads out of the folder, is refused everywhere', async () => {
	const shelf = await shelfWith('a');
	for (const title of ['', '   ', 'CON', 'nul', 'Com1', 'LPT9', 'Dictionary', '…', '日本', '123'])
		expect(await create(shelf, title), title).toEqual({ kind: 'noName' });
	expect(await create(shelf, 'a'.repeat(300))).toMatchObject({ kind: 'created', name: 'a'.repeat(60) });
	expect(await create(shelf, '../../outside')).toMatchObject({ name: 'outside' });
	expect((await readdir(shelf.folder)).sort()).toEqual(['a'.repeat(60), 'outside', 'trial']);
	await writeFile(join(shelf.folder, '..', 'versions.jsonl'), '');
	for (const name of ['..', '.', '', '../notebooks/trial', 'trial/', 'TRIAL', 'trial\0', '/etc', 'con']) {
		expect(await findOnShelf(shelf, name), name).toBeUndefined();
		expect(await readAny(shelf, name), name).toBeUndefined();
		expect(await history(shelf, name), name).toEqual([]);
		expect(
			await saveDraft(shelf, erik, name, { text: 'x', revision: 0, base: 1 }, noon),
			name
		).toBeUndefined();
		expect(await removeNotebook(shelf, erik, name, noon), name).toBe(false);
	}
	await expect(save(shelf, { id: '../../x', name: 'x' }, 'x', 0)).rejects.toThrow('no such id');
});

test('an import is taken when it is text of at most 1 MB, else refused with the reason', async () => {
	const shelf = await freshShelf();
	const kindOf = async (title: string, file: Uint8Array) => (await create(shelf, title, { file })).kind;
	expect(await kindOf('latin', Buffer.from('Födslar', 'latin1'))).toBe('noText');
	expect(await kindOf('zip', Buffer.from('PK\u0003\u0004\0\0'))).toBe('noText');
	expect(await kindOf('utf16', Buffer.from('---\ntitle', 'utf16le'))).toBe('noText');
	expect(await kindOf('empty', Buffer.from(' \n'))).toBe('noText');
	expect(await kindOf('large', Buffer.alloc(mostBytes + 1, 'x'))).toBe('tooLarge');
	expect(await kindOf('largest', Buffer.alloc(mostBytes, 'x'))).toBe('created');
	const file = Buffer.from(`\uFEFF${lines('a', 'b')}`.replaceAll('\n', '\r\n'));
	expect(await kindOf('from windows', file)).toBe('created');
	expect((await findOnShelf(shelf, 'from-windows'))?.text).toBe(lines('a', 'b'));
	expect(await create(shelf, 'a copy', { copyOf: 'late-births' })).toMatchObject({ kind: 'created' });
	expect((await findOnShelf(shelf, 'a-copy'))?.text).toContain('title: "a copy"');
	expect(await create(shelf, 'none', { copyOf: 'no-such' })).toEqual({ kind: 'unknown' });
	expect(await create(shelf, 'out', { copyOf: '../package' })).toEqual({ kind: 'unknown' });
});

test('a draft that another tab has changed is given back, and neither text is lost', async () => {
	const shelf = await shelfWith('a');
	expect(await openDraft(shelf, erik, 'trial')).toMatchObject({ revision: 0, base: 1, isKept: false });
	expect(await save(shelf, erik, 'first tab', 0)).toMatchObject({ kind: 'saved', revision: 1 });
	const other = await save(shelf, erik, 'second tab', 0);
	expect(other).toMatchObject({ kind: 'stale', text: 'first tab', revision: 1 });
	expect(await findDraft(shelf, erik, 'trial')).toMatchObject({ text: 'first tab', revision: 1 });
	// the same once more, when the answer did not arrive
	expect(await save(shelf, erik, 'first tab', 0)).toMatchObject({ kind: 'saved', revision: 1 });
	expect(await save(shelf, erik, 'second tab', 1)).toMatchObject({ kind: 'saved', revision: 2 });
	expect(await send(shelf, erik, 1)).toMatchObject({ kind: 'stale', text: 'second tab', revision: 2 });
	// nobody else sees it
	expect(await findDraft(shelf, karin, 'trial')).toBeUndefined();
	expect(await save(shelf, karin, 'hers', 0)).toMatchObject({ kind: 'saved', revision: 1 });
	const large = await save(shelf, erik, 'å'.repeat(mostBytes / 2 + 1), 2);
	expect(large).toEqual({ kind: 'tooLarge' });
});

test('of many saves at once with the same revision one is kept, the others are told', async () => {
	const shelf = await shelfWith('a');
	const all = await Promise.all(Array.from({ length: 20 }, (_, n) => save(shelf, erik, `tab ${n}`, 0)));
	const kept = all.filter((each) => each?.kind === 'saved');
	expect(kept).toHaveLength(1);
	const draft = await findDraft(shelf, erik, 'trial');
	for (const each of all) if (each?.kind === 'stale') expect(each.text).toBe(draft?.text);
});

test('a version is published once, also when the same is asked again, and never changed', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, erik, lines('b'), 0);
	expect(await send(shelf, erik, 1, ' Two\n lines ')).toEqual({ kind: 'published', version: 2, isNew: true });
	expect(await send(shelf, erik, 1)).toEqual({ kind: 'published', version: 2, isNew: false });
	expect(await findDraft(shelf, erik, 'trial')).toBeUndefined();
	expect(await history(shelf, 'trial')).toMatchObject([
		{ number: 1, note: 'Begun', basedOn: 0 },
		{ number: 2, note: 'Two lines', basedOn: 1, by: eriksName }
	]);
	expect((await findOnShelf(shelf, 'trial', 1))?.text).toBe(lines('a'));
	expect(await findOnShelf(shelf, 'trial', 3)).toBeUndefined();
	// a draft that says nothing new makes no version
	await save(shelf, erik, lines('b'), 2, 2);
	expect(await send(shelf, erik, 3)).toEqual({ kind: 'published', version: 2, isNew: false });
	expect(await save(shelf, erik, 'a tab of before', 1)).toMatchObject({ kind: 'stale', text: lines('b') });
});

test('what was published meanwhile comes into the draft, which is published when it has been seen', async () => {
	const shelf = await shelfWith('a', 'b', 'c', 'd', 'e');
	await save(shelf, erik, lines('A', 'b', 'c', 'd', 'e'), 0);
	await save(shelf, karin, lines('a', 'b', 'c', 'd', 'E'), 0);
	expect(await send(shelf, karin, 1)).toMatchObject({ kind: 'published', version: 2 });
	const both = lines('A', 'b', 'c', 'd', 'E');
	expect(await send(shelf, erik, 1)).toEqual({ kind: 'merged', text: both, revision: 2, base: 2 });
	expect((await findOnShelf(shelf, 'trial'))?.version).toBe(2);
	expect(await send(shelf, erik, 2)).toMatchObject({ kind: 'published', version: 3 });
	expect((await findOnShelf(shelf, 'trial'))?.text).toBe(both);
});

test('a draft that nobody kept before is merged on the version that its page had opened', async () => {
	const shelf = await shelfWith('a', 'b', 'c');
	await save(shelf, karin, lines('a', 'b', 'C'), 0);
	await send(shelf, karin, 1);
	// Erik's page was opened before
	await save(shelf, erik, lines('A', 'b', 'c'), 0, 1);
	expect(await send(shelf, erik, 1)).toMatchObject({ kind: 'merged', text: lines('A', 'b', 'C') });
});

test('where both changed the same lines the draft has marks in words, and waits until they are gone', async () => {
	const shelf = await shelfWith('a', 'b', 'c');
	await save(shelf, karin, lines('a', 'hers', 'c'), 0);
	await save(shelf, erik, lines('a', 'his', 'c'), 0);
	await send(shelf, karin, 1);
	const found = await send(shelf, erik, 1);
	const end = 'Choose what is to stay, and take the three marked lines away';
	expect(found).toMatchObject({ kind: 'conflicting', revision: 2 });
	expect((await findDraft(shelf, erik, 'trial'))?.text).toBe(
		lines('a', '<<<<<<< Your draft', 'his', '======= Karin Ek in version 2', 'hers', `>>>>>>> ${end}`, 'c')
	);
	expect(await send(shelf, erik, 2)).toEqual(found);
	expect(await history(shelf, 'trial')).toHaveLength(2);
	await save(shelf, erik, lines('a', 'his and hers', 'c'), 2);
	expect(await send(shelf, erik, 3)).toMatchObject({ kind: 'published', version: 3 });
});

test('a draft that is thrown away can be had back until something else is written', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, erik, 'mine', 0);
	expect(await discardDraft(shelf, erik, 'trial', { revision: 0 }, noon)).toMatchObject({
		kind: 'stale',
		text: 'mine'
	});
	expect(await discardDraft(shelf, erik, 'trial', { revision: 1 }, noon)).toMatchObject({ kind: 'saved' });
	expect(await findDraft(shelf, erik, 'trial')).toBeUndefined();
	// a tab of before must not take it for its own
	expect(await save(shelf, erik, 'other', 1)).toMatchObject({ kind: 'stale' });
	expect(await restoreDraft(shelf, erik, 'trial', noon)).toMatchObject({ text: 'mine', revision: 3 });
	expect(await restoreDraft(shelf, erik, 'trial', noon)).toBeUndefined();
});

test('an earlier version comes back as a new one or as a draft, and nothing goes for it', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, erik, lines('b'), 0);
	await send(shelf, erik, 1);
	const asked = { version: 1, last: 1, note: 'As version 1' };
	expect(await restoreVersion(shelf, karin, 'trial', asked, noon)).toBe('stale');
	expect(
		await restoreVersion(shelf, karin, 'trial', { ...asked, last: 2, version: 9 }, noon)
	).toBeUndefined();
	expect(await restoreVersion(shelf, karin, 'trial', { ...asked, last: 2 }, noon)).toMatchObject({
		number: 3,
		basedOn: 1,
		note: 'As version 1'
	});
	expect((await findOnShelf(shelf, 'trial'))?.text).toBe(lines('a'));
	expect(await draftOfVersion(shelf, karin, 'trial', 2, noon)).toMatchObject({ kind: 'saved', revision: 1 });
	expect(await findDraft(shelf, karin, 'trial')).toMatchObject({ text: lines('b'), base: 3 });
	expect(await draftOfVersion(shelf, karin, 'trial', 1, noon)).toMatchObject({
		kind: 'stale',
		text: lines('b')
	});
});

test('a notebook that is set aside is nowhere, and comes back with its versions and drafts', async () => {
	const shelf = await shelfWith('a');
	await save(shelf, karin, 'hers', 0);
	expect(await removeNotebook(shelf, erik, 'trial', noon)).toBe(true);
	expect(await removeNotebook(shelf, erik, 'trial', noon)).toBe(false);
	expect(await findOnShelf(shelf, 'trial')).toBeUndefined();
	expect(await findDraft(shelf, karin, 'trial')).toBeUndefined();
	expect(await save(shelf, karin, 'more', 1)).toBeUndefined();
	const { own, removed } = await listShelf(shelf, karin);
	expect(own).toEqual([]);
	expect(removed).toMatchObject([{ name: 'trial', removed: { by: eriksName, at: noon }, hasDraft: true }]);
	expect(await bringBack(shelf, 'trial')).toBe(true);
	expect(await bringBack(shelf, 'trial')).toBe(false);
	expect(await findDraft(shelf, karin, 'trial')).toMatchObject({ text: 'hers' });
});

test('the list tells title, authorship, faults, and who has a draft', async () => {
	const shelf = await shelfWith('```sql births', 'select 1 as n', '```', '');
	await create(shelf, 'broken', { file: Buffer.from('no header') });
	await save(shelf, karin, 'hers', 0);
	const { own, product } = await listShelf(shelf, erik);
	expect(own).toMatchObject([
		{ name: 'broken', title: { sv: 'broken' }, last: { number: 1 } },
		{ name: 'trial', title: { sv: 'Prov', en: 'Prov' }, faults: 0, hasDraft: false, otherDrafts: 1 }
	]);
	expect(own[0]?.faults).toBeGreaterThan(0);
	expect(product).toMatchObject([{ name: 'late-births', last: null }]);
	expect((await listShelf(shelf, karin)).own[1]).toMatchObject({ hasDraft: true, otherDrafts: 0 });
});

test('a title with values is told without them, one that is nothing else gives way to what stands over it', () => {
	const titled = (title: string, over = '') =>
		glance('name', `---\ntitle: '${title}'\n${over}audience: unit\nsource: unit\n---\n`, title + over).title
			.sv;
	expect(titled('Quality, births of {parameter.period | period}')).toBe('Quality');
	expect(titled('{register.name}: feedback')).toBe('Feedback');
	expect(titled('Clinic {clinic.number}')).toBe('Clinic');
	expect(titled('{unit.name}', "overline: '{register.name}: feedback'\n")).toBe('Feedback');
	expect(titled('{unit.name}')).toBe('name');
	expect(titled('Units – a comparison, new')).toBe('Units – a comparison, new');
});

test('two hundred versions are listed at once', async () => {
	const shelf = await shelfWith('0');
	const place = join(shelf.folder, 'trial');
	const line = (await readFile(join(place, 'versions.jsonl'), 'utf8')).trim();
	const numbers = Array.from({ length: 200 }, (_, at) => at + 1);
	const all = numbers.map((number) => `${line.replace('"number":1', `"number":${number}`)}\n`);
	await writeFile(join(place, 'versions.jsonl'), all.join(''));
	await writeFile(join(place, 'versions', '0200.md'), lines('0'));
	const began = performance.now();
	expect(await history(shelf, 'trial')).toHaveLength(200);
	expect((await listShelf(shelf, erik)).own).toMatchObject([{ last: { number: 200 } }]);
	expect(performance.now() - began).toBeLessThan(500);
	await save(shelf, erik, lines('1'), 0, 200);
	expect(await send(shelf, erik, 1)).toMatchObject({ kind: 'published', version: 201 });
});
