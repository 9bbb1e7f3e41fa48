import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account } from '#lib/access/role.ts';
import { createNotebook, openShelf, type Shelf } from '#lib/server/notebook/shelf.ts';

const account = (id: string, name: string): Account => ({
	id,
	name,
	email: `${id}@demo.example`,
	role: 'statistician',
	units: [],
	regions: []
});
/** Two people who write, with all that is known of their accounts. */
export const erik = account('erik-account', 'Erik Holm');
export const karin = account('karin-account', 'Karin Ek');

/** 23 November 2026, 09:00 UTC, in ms since 1970. */
export const noon = Date.UTC(2026, 10, 23, 9);

/** A notebook with the given lines under a header. */
export const lines = (...body: string[]) =>
	['---', 'title: Prov', 'audience: statistician', 'source: register', '---', ...body].join('\n');

/** An empty shelf beside a product that has a starter and one notebook of its own; taken away after the test. */
export async function freshShelf(): Promise<Shelf> {
	const root = await mkdtemp(join(tmpdir(), 'shelf-'));
	onTestFinished(() => rm(root, { recursive: true }));
	const product = join(root, 'reports');
	await mkdir(product);
	await writeFile(join(product, 'starter.md'), lines('Begin here.', ''));
	await writeFile(join(product, 'late-births.md'), lines('Of the product.', ''));
	return openShelf(join(root, 'data', 'notebooks'), product);
}

/** As `freshShelf`, with a notebook `trial` of Erik's whose first version has the given lines. */
export async function shelfWith(...body: string[]): Promise<Shelf> {
	const shelf = await freshShelf();
	const from = { file: Buffer.from(lines(...body)) };
	const made = await createNotebook(shelf, erik, { title: 'trial', from, note: 'Begun' }, noon);
	if (made.kind !== 'created') throw new Error(made.kind);
	return shelf;
}
