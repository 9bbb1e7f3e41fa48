import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Statements } from '#lib/server/db/database.ts';
import { originalPath, type Original } from './original.ts';

/**
 * Originals that the hand-in page has stored and that nobody has received yet, each marked by an empty
 * file beside them. An original lies in place without a row in the ledger for a moment only: a page that is
 * closed in between leaves a marked one behind, which the next upload after a day takes away. Unmarked
 * originals are never touched: a register that is made anew finds all its files.
 */
const markPrefix = 'waiting-';
const mark = (folder: string, sha256: string) => join(folder, 'originals', markPrefix + sha256);

/** For so long an original waits to be received. */
const patience = 24 * 60 * 60 * 1000;

/** Marks a stored original as waiting to be received. */
export async function markWaiting(folder: string, { sha256 }: Original): Promise<void> {
	await writeFile(mark(folder, sha256), '', { mode: 0o600 });
}

/** The waiting original with this hash; undefined when there is none. */
export async function findWaiting(folder: string, sha256: string): Promise<Original | undefined> {
	const path = originalPath(folder, sha256);
	const [marked, found] = await Promise.all(
		[mark(folder, sha256), path].map((file) => stat(file).catch(() => undefined))
	);
	return marked && found ? { path, sha256, bytes: found.size } : undefined;
}

/** Ends the waiting of an original. One that did not come into the ledger is removed. */
export async function endWaiting(db: Statements, folder: string, sha256: string): Promise<void> {
	const [entered] = await db.rows(
		z.object({ number: z.int() }),
		'select number from submission where sha256 = $sha256 limit 1',
		{ sha256 }
	);
	if (!entered) await rm(originalPath(folder, sha256), { force: true });
	await rm(mark(folder, sha256), { force: true });
}

/** Removes what has waited for more than a day before `arrived` was stored. */
export async function removeAbandoned(db: Statements, folder: string, arrived: Original): Promise<void> {
	const now = (await stat(mark(folder, arrived.sha256))).mtimeMs;
	for (const name of await readdir(join(folder, 'originals'))) {
		if (!name.startsWith(markPrefix)) continue;
		const since = await stat(join(folder, 'originals', name)).catch(() => undefined);
		if (since && now - since.mtimeMs > patience) await endWaiting(db, folder, name.slice(markPrefix.length));
	}
}
