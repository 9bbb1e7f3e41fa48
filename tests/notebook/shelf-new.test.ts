import { expect, test } from 'vitest';
import { glance } from '#lib/server/notebook/glance.ts';
import {
	createNotebook,
	findOnShelf,
	history,
	publish,
	saveDraft,
	type Shelf
} from '#lib/server/notebook/shelf.ts';
import { erik, freshShelf, lines, noon } from './fresh-shelf.ts';

const starter = { starter: true } as const;
const create = (shelf: Shelf, title: string) =>
	createNotebook(shelf, erik, { title, from: starter, note: 'Begun' }, noon);

test.each(['Läge {x} {', 'A <script> b', 'Till </b>', 'Under 5 < 6', 'Läget: 100 % "nu"'])(
	'the title %j is text as it was typed',
	async (title) => {
		const shelf = await freshShelf();
		const made = await create(shelf, title);
		const name = made.kind === 'created' ? made.name : '';
		const { text = '' } = (await findOnShelf(shelf, name)) ?? {};
		expect(glance(name, text, title)).toMatchObject({ title: { sv: title, en: title }, faults: 0 });
	}
);

test('a button that is pressed twice makes one notebook, and leads to it both times', async () => {
	const shelf = await freshShelf();
	const [one, two] = await Promise.all([create(shelf, 'Twice'), create(shelf, 'Twice')]);
	expect([one, two]).toMatchObject([
		{ kind: 'created', name: 'twice' },
		{ kind: 'created', name: 'twice' }
	]);
	expect(await history(shelf, 'twice')).toHaveLength(1);
	const later = { title: 'Twice', from: starter, note: 'Begun' };
	expect(await createNotebook(shelf, erik, later, noon + 60_000)).toMatchObject({ kind: 'taken' });
	await saveDraft(shelf, erik, 'twice', { text: lines('b'), revision: 0, base: 1 }, noon);
	await publish(shelf, erik, 'twice', { note: '', revision: 1, locale: 'en' }, noon);
	expect(await create(shelf, 'Twice')).toMatchObject({ kind: 'taken' });
});
