import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createNotebook, openShelf, type Author, type Shelf } from '#lib/server/notebook/shelf.ts';

/** Two people who write. */
export const erik: Author = { id: 'erik-account', name: 'Erik Holm' };
export const karin: Author = { id: 'karin-account', name: 'Karin Ek' };

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
