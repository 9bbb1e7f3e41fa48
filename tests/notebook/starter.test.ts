import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain } from '#lib/notebook/inline.ts';
import { everyBlock } from '#lib/notebook/model.ts';
import { openDesk, type Desk } from '#lib/server/notebook/desk.ts';
import { createNotebook, findOnShelf, listShelf, openShelf } from '#lib/server/notebook/shelf.ts';
import { peopledRegister } from '../figures/peopled-register.ts';
import { runAt } from './desk-runs.ts';
import { erik, noon } from './fresh-shelf.ts';

let made: Awaited<ReturnType<typeof peopledRegister>>;
let desk: Desk;
beforeAll(async () => {
	made = await peopledRegister();
	desk = openDesk(made.register);
}, 60_000);
afterAll(async () => {
	await desk.close();
	await made.remove();
});

const starter = await readFile('reports/starter.md', 'utf8');

test.for(['sv', 'en'] as const)(
	'the starter renders without a fault, with each kind of block (%s)',
	async (locale) => {
		const found = await runAt(desk, starter, { locale, parameters: { period: '2025' } });
		const { faults, notices, missing } = found;
		expect({ faults, notices, missing }).toEqual({ faults: [], notices: [], missing: [] });
		const kinds = everyBlock(found.model.blocks).map(({ kind }) => kind);
		expect(kinds).toEqual(expect.arrayContaining(['inputs', 'paragraph', 'cards', 'chart', 'table']));
		expect(kinds).not.toContain('fault');
	}
);

test('of a period without births the starter says so, and shows no empty chart', async () => {
	const { faults, model } = await runAt(desk, starter, { parameters: { period: '1999-01..1999-12' } });
	expect(faults).toEqual([]);
	expect(everyBlock(model.blocks).map(({ kind }) => kind)).toEqual(['inputs', 'paragraph']);
});

test('a notebook begun from the starter has its own title, and the starter is in no list', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'starter-'));
	const shelf = openShelf(folder, 'reports');
	const from = { starter: true } as const;
	await createNotebook(shelf, erik, { title: 'Födslar 2026', from, note: '' }, noon);
	const begun = await findOnShelf(shelf, 'fodslar-2026');
	const { model, faults } = await runAt(desk, begun?.text ?? '');
	expect({ title: plain(model.title), faults }).toEqual({ title: 'Födslar 2026', faults: [] });
	const { product } = await listShelf(shelf, erik);
	expect(product.map(({ name }) => name)).not.toContain('starter');
	expect(product.filter((each) => each.faults > 0)).toEqual([]);
	await rm(folder, { recursive: true });
});
