import { createHash } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Statements } from '#lib/server/db/database.ts';
import { originalPath, type Original } from './original.ts';
import { plainBytes } from './sealed.ts';

/**
 * Originals that the hand-in page has stored and that nobody has received yet, each marked by an empty
 * file beside them for every account that has sent it over. An original lies in place without a row in the ledger
 * for a moment only: a page that is closed in between leaves a marked one behind, which the next upload after a
 * day takes away. Unmarked originals are never touched: a register that is made anew finds all its files.
 */
const markPrefix = 'waiting-';
const markName = (sha256: string, uploader: string) =>
	`${markPrefix}${sha256}-${createHash('sha256').update(uploader).digest('hex').slice(0, 32)}`;
const mark = (folder: string, sha256: string, uploader: string) =>
	join(folder, 'originals', markName(sha256, uploader));

/** For so long an original waits to be received. */
const patience = 24 * 60 * 60 * 1000;

/** Marks a stored original as waiting to be received for the account (its id) that sent it over. */
export async function markWaiting(folder: string, { sha256 }: Original, uploader: string): Promise<void> {
	await writeFile(mark(folder, sha256, uploader), '', { mode: 0o600 });
}

/** The original with this hash that waits for this account; undefined when there is none. */
export async function findWaiting(
	folder: string,
	sha256: string,
	uploader: string
): Promise<Original | undefined> {
	const path = originalPath(folder, sha256);
	const [marked, found] = await Promise.all(
		[mark(folder, sha256, uploader), path].map((file) => stat(file).catch(() => undefined))
	);
	return marked && found ? { path, sha256, bytes: plainBytes(found.size) } : undefined;
}

/**
 * Ends the waiting of an original for an account. One that did not come into the ledger, and waits for nobody
 * else, is removed.
 */
export async function endWaiting(
	db: Statements,
	folder: string,
	sha256: string,
	uploader: string
): Promise<void> {
	await endMark(db, folder, markName(sha256, uploader));
}

async function endMark(db: Statements, folder: string, name: string): Promise<void> {
	const sha256 = hashOf(name);
	const [entered] = await db.rows(
		z.object({ number: z.int() }),
		'select number from submission where sha256 = $sha256 limit 1',
		{ sha256 }
	);
	const others = (await marks(folder)).filter((each) => each !== name && hashOf(each) === sha256);
	if (!entered && others.length === 0) await rm(originalPath(folder, sha256), { force: true });
	await rm(join(folder, 'originals', name), { force: true });
}

const hashOf = (name: string) => name.slice(markPrefix.length, markPrefix.length + 64);

const marks = async (folder: string) =>
	(await readdir(join(folder, 'originals'))).filter((name) => name.startsWith(markPrefix));

/** Removes what has waited for more than a day before `arrived` was stored by its account. */
export async function removeAbandoned(
	db: Statements,
	folder: string,
	arrived: Original,
	uploader: string
): Promise<void> {
	const now = (await stat(mark(folder, arrived.sha256, uploader))).mtimeMs;
	for (const name of await marks(folder)) {
		const since = await stat(join(folder, 'originals', name)).catch(() => undefined);
		if (since && now - since.mtimeMs > patience) await endMark(db, folder, name);
	}
}
