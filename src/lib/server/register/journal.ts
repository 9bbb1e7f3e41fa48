import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Statements } from '#lib/server/db/database.ts';
import { entriesAfter, lasting, ledgerEntry, type LedgerEntry } from './ledger-entry.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * The ledger outside of the database: a file of lines, one for each entry, each with the SHA-256 of the chain so
 * far and its own text. DuckDB opens silently without what stood in a log of it that was cut; so the file says
 * what must be there, and is what the register is made anew from.
 */
export type Journal = {
	/** Writes what the ledger holds and the file does not, and has it on the disk when it resolves. */
	sync(db: Statements): Promise<void>;
};

export const journalName = 'ledger.jsonl';

/** The register holds less than the ledger outside of it, or something else. */
export class LedgerAhead extends Error {}

/** The ledger outside of the database is not as it was written. */
export class LedgerDamaged extends Error {}

/** What a ledger file holds: its entries, its last link, and how many bytes its whole lines have. */
export type Kept = { entries: LedgerEntry[]; chain: string; bytes: number };

/**
 * Reads a folder's ledger file and checks its chain; undefined where there is none. A last line that is not
 * whole, as a kill leaves it, is not counted. Throws LedgerDamaged.
 */
export async function readJournal(folder: string): Promise<Kept | undefined> {
	const path = join(folder, journalName);
	const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (!bytes) return undefined;
	const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
	const entries: LedgerEntry[] = [];
	let chain = '';
	for (const [at, text] of whole.toString('utf8').split('\n').slice(0, -1).entries()) {
		const read = readLine(text, chain);
		if (!read || read.entry.entry !== at + 1)
			throw new LedgerDamaged(
				`${path} is damaged in line ${at + 1}. Restore a backup: npm run restore. Where the register itself is whole, the file may be moved away instead: the next start writes it anew.`
			);
		entries.push(read.entry);
		chain = read.chain;
	}
	return { entries, chain, bytes: whole.length };
}

/**
 * Opens a folder's ledger file beside its open register: what the register holds beyond it is written, as after
 * a kill between commit and line. Throws LedgerAhead with what to do, or LedgerDamaged. A write that fails is
 * told to `onFatal`: what was entered is then not acknowledged.
 */
export async function openJournal(
	folder: string,
	db: Statements,
	onFatal: (error: Error) => void = () => undefined
): Promise<Journal> {
	const kept = await readJournal(folder);
	const head = kept?.entries.at(-1);
	if (head) await checkHead(folder, db, head);
	let { chain, bytes } = kept ?? { chain: '', bytes: 0 };
	let last = head?.entry ?? 0;
	await write(join(folder, journalName), bytes, ''); // half a line that a kill left is cut off
	const journal: Journal = {
		async sync(from) {
			const more = await entriesAfter(from, last);
			if (more.length === 0) return;
			let text = '';
			let link = chain;
			for (const entry of more) {
				const line = lineOf(entry, link);
				text += `${line.text}\n`;
				link = line.chain;
			}
			try {
				await write(join(folder, journalName), bytes, text);
			} catch (error) {
				const told = new Error(`The ledger could not be written: ${(error as Error).message}`);
				onFatal(told);
				throw told;
			}
			bytes += Buffer.byteLength(text);
			chain = link;
			last = more.at(-1)?.entry ?? last;
		}
	};
	await journal.sync(db);
	return journal;
}

async function checkHead(folder: string, db: Statements, head: LedgerEntry): Promise<void> {
	const [found] = await entriesAfter(db, head.entry - 1);
	if (found && lasting(found) === lasting(head)) return;
	const how = found ? 'holds something else there' : 'ends before it: what came last is lost from it';
	throw new LedgerAhead(
		`The ledger of ${folder} goes to entry ${head.entry}, and the register ${how}. Make it anew from the originals: npm run rebuild -- --data ${folder} (or restore a backup: npm run restore).`
	);
}

/** Writes at a place, after what is known to be whole; what stood behind it is cut off. */
async function write(path: string, at: number, text: string): Promise<void> {
	const isNew = !existsSync(path);
	const file = await open(path, isNew ? 'wx+' : 'r+', 0o600);
	try {
		const { size } = await file.stat();
		if (size > at) await file.truncate(at);
		const bytes = Buffer.from(text);
		let written = 0;
		while (written < bytes.length)
			written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
		await file.datasync();
	} finally {
		await file.close();
	}
	if (isNew) await syncFolder(dirname(path));
}

const link = (before: string, content: string) =>
	createHash('sha256')
		.update(before + content)
		.digest('hex');

function lineOf(entry: LedgerEntry, before: string): { text: string; chain: string } {
	const content = JSON.stringify(ledgerEntry.parse(entry));
	const chain = link(before, content);
	return { text: `${content.slice(0, -1)},"chain":"${chain}"}`, chain };
}

function readLine(text: string, before: string): { entry: LedgerEntry; chain: string } | undefined {
	const parts = /^(.*),"chain":"([0-9a-f]{64})"\}$/.exec(text);
	if (!parts) return undefined;
	const [, content = '', chain = ''] = parts;
	if (link(before, `${content}}`) !== chain) return undefined;
	return { entry: ledgerEntry.parse(JSON.parse(`${content}}`)), chain };
}
