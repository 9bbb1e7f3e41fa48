import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Access } from './open.ts';

/** An entry by its number and hash. */
export type Chained = { number: number; hash: string };

/** What is known of the audit outside its own file: the entry before the first that is kept, and the last. */
export type Head = { before: Chained; last: Chained };

/** What the first entry of all is chained to. */
export const beginning: Chained = { number: 0, hash: '0'.repeat(64) };

const chained = z.strictObject({ number: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });
const written = z.strictObject({ before: chained, last: chained });

const pathOf = (folder: string) => join(folder, 'audit.head');

/** The head as it stands in audit.head beside the accounts; undefined when there is none that can be read. */
export function readHead(folder: string): Head | undefined {
	try {
		return written.parse(JSON.parse(readFileSync(pathOf(folder), 'utf8')));
	} catch {
		return undefined;
	}
}

/** Writes the head so that there is always a whole one, whatever happens meanwhile. */
export function writeHead(folder: string, head: Head): void {
	const path = pathOf(folder);
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
	renameSync(draft, path);
}

/** The head of an audit that holds nothing yet. One that is there is left: the audit that it is of has gone. */
export function beginHead(folder: string): void {
	if (!existsSync(pathOf(folder))) writeHead(folder, { before: beginning, last: beginning });
}

/**
 * Moves the head to the last entry, when the entry that it names is still there: a head that does not fit is left
 * as it is, so that what happened to the audit cannot be covered by the next entry.
 */
export function keepHead({ db, folder }: Pick<Access, 'db' | 'folder'>): void {
	const last = db.prepare('select number, hash from audit order by number desc limit 1').get();
	const head = readHead(folder);
	if (!last || !head || last.number === head.last.number) return;
	const named = db.prepare('select hash from audit where number = ?').get(head.last.number);
	const fits = head.last.number === head.before.number || named?.hash === head.last.hash;
	if (fits) writeHead(folder, { ...head, last: chained.parse({ ...last }) });
}
