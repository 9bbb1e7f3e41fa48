import { existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Database, Statements } from '#lib/server/db/database.ts';
import { QueryError } from '#lib/server/db/query-error.ts';
import type { Submission } from './batch.ts';
import { enterNote } from './flag-notes.ts';
import { journalName, LedgerAhead, openJournal, readJournal } from './journal.ts';
import { refuse } from './ledger.ts';
import { entriesAfter, lasting, type LedgerEntry, type SubmissionEntry } from './ledger-entry.ts';
import { holdFolder, RegisterInUse } from './lock.ts';
import { openFile, openTables, registerName, type Register } from './open.ts';
import { checkOriginal, OriginalLost, originalPath, type Original } from './original.ts';
import { listLedger } from './receipts.ts';
import { receiveAll } from './receive.ts';

/** Something that a submission gave before and gives otherwise now. */
export type Difference = { number: number; unit: string; what: string; before: string; after: string };

export type Rebuilt = {
	submissions: number;
	differences: Difference[];
	/** The cubes whose rows are not as they were. */
	changedCubes: string[];
	/** Where the register as it was is kept, when anything differs, or when it was not whole. */
	kept: string | undefined;
	/** Why there was nothing whole to compare with: the register held less than its ledger, or could not be read. */
	lost?: 'behind' | 'unreadable' | undefined;
};

/** The register cannot be made anew; it stays as it is. */
export class RebuildImpossible extends Error {}

/**
 * Makes the register and its cubes anew from the originals, in the order of the ledger beside them and by the
 * definition given, and puts it in the place of the old one, whatever state that is in. Whatever differs from what
 * the old one says, where it can be read, is told, and then it is kept. `at` is told how far it has come. Throws
 * RebuildImpossible, LedgerDamaged or RegisterInUse.
 */
export async function rebuild(
	folder: string,
	definition: Definition,
	at: (done: number, total: number) => void = () => undefined
): Promise<Rebuilt> {
	if (![journalName, registerName].some((name) => existsSync(join(folder, name))))
		throw new RebuildImpossible(`There is no register in ${folder}.`);
	const lock = holdFolder(folder);
	try {
		return await madeAnew(folder, definition, at);
	} finally {
		lock.release();
	}
}

async function madeAnew(
	folder: string,
	definition: Definition,
	at: (done: number, total: number) => void
): Promise<Rebuilt> {
	const path = join(folder, registerName);
	const old = await openOld(path);
	let anew: Register | undefined;
	try {
		const state = await stateOf(folder, old);
		const ledger = await readLedger(folder, definition);
		for (const rest of ['', '.wal']) await rm(`${path}.new${rest}`, { force: true });
		anew = await openTables(folder, definition, await openFile(`${path}.new`));
		const { length } = ledger.filter(({ of }) => of === 'submission');
		for await (const { number } of receivedAnew(anew, ledger)) at(number, length);
		await checkLedger(anew, ledger);
		const { lost, differences, changedCubes } = await comparison(old, anew.db, state);
		await anew.db.run('checkpoint register');
		old?.close();
		anew.db.close();
		const differs = lost !== undefined || differences.length > 0 || changedCubes.length > 0;
		const isKept = differs && existsSync(path);
		await swap(path, differs);
		return {
			submissions: length,
			differences,
			changedCubes,
			kept: isKept ? `${path}.old` : undefined,
			lost
		};
	} finally {
		old?.close();
		anew?.db.close();
	}
}

/** The register as it was; undefined where there is none or it cannot be opened. Throws RegisterInUse. */
async function openOld(path: string): Promise<Database | undefined> {
	if (!existsSync(path)) return undefined;
	try {
		return await openFile(path);
	} catch (error) {
		if (error instanceof RegisterInUse) throw error;
		return undefined;
	}
}

/** Why the old register is not whole, if so; where it is, what it has beyond its ledger is written there first. */
async function stateOf(folder: string, old: Database | undefined): Promise<Rebuilt['lost']> {
	if (!old) return 'unreadable';
	try {
		await entriesAfter(old, 0);
	} catch {
		return 'unreadable';
	}
	try {
		await openJournal(folder, old);
		return undefined;
	} catch (error) {
		if (error instanceof LedgerAhead) return 'behind';
		throw error;
	}
}

type Entry = Exclude<LedgerEntry, SubmissionEntry> | (SubmissionEntry & { submission: Submission });

/** The whole ledger, with what each submission was received with. */
async function readLedger(folder: string, d: Definition): Promise<Entry[]> {
	const journal = await readJournal(folder);
	if (!journal)
		throw new RebuildImpossible(
			`There is no ledger in ${folder} (${journalName}), and without it the order of the originals is not known. Restore a backup: npm run restore.`
		);
	return journal.entries.map((entry) => {
		if (entry.of === 'note') return entry;
		const { number, fileName, receivedAt, sha256, bytes, sender } = entry;
		const unit = d.unitById.get(entry.unit);
		const profile = entry.profile === null ? undefined : d.profiles.get(entry.profile);
		const missing = !unit ? `unit ${entry.unit}` : entry.profile && !profile && `profile ${entry.profile}`;
		if (!unit || missing)
			throw new RebuildImpossible(
				`Submission ${number} needs the ${missing}, which the definition no longer has. Put it back.`
			);
		const original: Original = { path: originalPath(folder, sha256), sha256, bytes };
		return { ...entry, submission: { original, fileName, unit, profile, receivedAt, sender } };
	});
}

/** Receives the ledger a second time, into the new register; what was refused then is refused now. */
async function* receivedAnew(anew: Register, ledger: readonly Entry[]): AsyncGenerator<Receipt> {
	const isReceived = (entry: Entry | undefined) => entry?.of === 'submission' && entry.status === 'received';
	for (let from = 0; from < ledger.length;) {
		const entry = ledger[from] as Entry;
		try {
			if (entry.of === 'note') {
				const { of: _of, ...note } = entry;
				await anew.db.alone((writer) => writer.transaction(() => enterNote(writer, note)));
				from++;
			} else if (entry.status === 'refused') {
				await checkOriginal(anew.folder, entry.submission.original);
				yield anew.db.alone((writer) => refuse(writer, entry.submission, entry.refusals));
				from++;
			} else {
				const submissions: Submission[] = [];
				for (; isReceived(ledger[from]); from++) submissions.push((ledger[from] as typeof entry).submission);
				yield* receiveAll(anew, submissions);
			}
		} catch (error) {
			if (error instanceof OriginalLost) throw withoutOriginal(error, ledger);
			throw error;
		}
	}
}

function withoutOriginal(lost: OriginalLost, ledger: readonly Entry[]): RebuildImpossible {
	const entry = ledger.find((one) => one.of === 'submission' && one.sha256 === lost.sha256);
	const path = lost.message.slice(lost.message.indexOf(':'));
	return new RebuildImpossible(`The original of submission ${entry?.number} is ${lost.how}${path}`);
}

/** The new register must hold the ledger entry by entry. */
async function checkLedger({ db }: Register, ledger: readonly Entry[]): Promise<void> {
	const found = await entriesAfter(db, 0);
	for (const [at, entry] of ledger.entries())
		if (!found[at] || lasting(found[at]) !== lasting(entry))
			throw new Error(`Entry ${entry.entry} of the ledger became something else when it was received anew.`);
	if (found.length > ledger.length) throw new Error('The new register holds more than its ledger.');
}

type Comparison = Pick<Rebuilt, 'differences' | 'changedCubes' | 'lost'>;

/** What the new register holds otherwise than the old one, as far as that can be read. */
async function comparison(
	old: Database | undefined,
	anew: Database,
	state: Rebuilt['lost']
): Promise<Comparison> {
	const nothing: Comparison = { differences: [], changedCubes: [], lost: 'unreadable' };
	if (!old || state === 'unreadable') return nothing;
	try {
		const differences = await differencesOf(old, anew);
		const changedCubes = state === 'behind' ? [] : await differingCubes(old, anew);
		return { differences, changedCubes, lost: state };
	} catch (error) {
		if (error instanceof QueryError) return nothing; // a part of the file that is damaged
		throw error;
	}
}

async function differencesOf(old: Database, anew: Database): Promise<Difference[]> {
	const differences: Difference[] = [];
	for (let after = 0; ;) {
		const page = { after, limit: 500 };
		const [before, now] = [await listLedger(old, page), await listLedger(anew, page)];
		for (const receipt of before) {
			const same = now.find(({ number }) => number === receipt.number);
			if (same) differences.push(...compared(receipt, same));
		}
		if (before.length === 0) return differences;
		after = before.at(-1)?.number ?? after;
	}
}

const told = [
	'status',
	'rows',
	'accepted',
	'added',
	'changed',
	'unchanged',
	'rejected',
	'issues',
	'refusals'
] as const;

function compared(before: Receipt, after: Receipt): Difference[] {
	const { number, unit } = before;
	return told
		.map((what) => ({ what, before: JSON.stringify(before[what]), after: JSON.stringify(after[what]) }))
		.filter((one) => one.before !== one.after)
		.map((one) => ({ number, unit, ...one }));
}

const cubes = ['cube_birth', 'cube_form', 'cube_item', 'cube_code'];
const print = z.object({ n: z.int(), sum: z.string() });

/** The cubes that do not hold the same rows, in whatever order, in both. */
async function differingCubes(old: Statements, anew: Statements): Promise<string[]> {
	const printOf = async (db: Statements, cube: string) => {
		const [found] = await db.rows(
			print,
			`select count(*)::integer as n, coalesce(sum(hash(c)), 0)::varchar as sum from ${cube} c`
		);
		return `${found?.n} ${found?.sum}`;
	};
	const differing: string[] = [];
	for (const cube of cubes)
		if ((await printOf(old, cube)) !== (await printOf(anew, cube))) differing.push(cube);
	return differing;
}

/**
 * Puts the new file in the old one's place in one step; the old one is kept under another name if asked for, with
 * what stands in its log: that must never be read as the new one's.
 */
async function swap(path: string, keep: boolean): Promise<void> {
	if (existsSync(`${path}.new.wal`)) throw new Error(`${path}.new has changes that are not yet in the file.`);
	for (const rest of ['.old', '.old.wal']) await rm(`${path}${rest}`, { force: true });
	if (existsSync(`${path}.wal`)) await rename(`${path}.wal`, `${path}.old.wal`);
	if (existsSync(path)) await link(path, `${path}.old`);
	await rename(`${path}.new`, path);
	if (!keep) for (const rest of ['.old', '.old.wal']) await rm(`${path}${rest}`, { force: true });
}
