import { existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { sender } from '#lib/submission/sender.ts';
import { FileInUse, openDatabase, type Database, type Statements } from '#lib/server/db/database.ts';
import { copyNotes } from './flag-notes.ts';
import { openRegister, RegisterInUse, type Register } from './open.ts';
import { OriginalLost, originalPath, readOriginal } from './original.ts';
import { listLedger } from './receipts.ts';
import type { Submission } from './batch.ts';
import { refuse } from './ledger.ts';
import { receiveAll } from './receive.ts';

/** Something that a submission gave before and gives otherwise now. */
export type Difference = { number: number; unit: string; what: string; before: string; after: string };

export type Rebuilt = {
	submissions: number;
	differences: Difference[];
	/** The cubes whose rows are not as they were. */
	changedCubes: string[];
	/** Where the register as it was is kept, when anything differs. */
	kept: string | undefined;
};

/** The register cannot be made anew; it stays as it is. */
export class RebuildImpossible extends Error {}

/**
 * Makes the register and its cubes anew from the originals, in the order of the ledger and by the
 * definition given, and puts it in the place of the old one. Whatever differs is told, and then the old one
 * is kept beside it. The notes on flags, which are in no original, are taken over as they are. `at` is told how
 * far it has come. Throws RebuildImpossible or RegisterInUse.
 */
export async function rebuild(
	folder: string,
	definition: Definition,
	at: (done: number, total: number) => void = () => undefined
): Promise<Rebuilt> {
	const path = join(folder, 'register.duckdb');
	if (!existsSync(path)) throw new RebuildImpossible(`There is no register in ${folder}.`);
	const old = await openDatabase(path).catch((error: unknown) => {
		throw error instanceof FileInUse ? new RegisterInUse(`${error.message} Stop the server.`) : error;
	});
	let anew: Register | undefined;
	let ledger: Entry[] = [];
	try {
		ledger = await readLedger(old, folder, definition);
		for (const rest of ['', '.wal']) await rm(`${path}.new${rest}`, { force: true });
		anew = await openRegister(folder, definition, { fileName: 'register.duckdb.new' });
		const differences: Difference[] = [];
		let done = 0;
		for await (const after of receivedAnew(anew, ledger)) {
			const { before } = ledger[done++] as Entry;
			if (after.number !== before.number)
				throw new Error(
					`Submission ${before.number} got the number ${after.number} when it was received anew.`
				);
			differences.push(...compared(before, after));
			at(done, ledger.length);
		}
		await copyNotes(old, anew.db);
		const changedCubes = await differingCubes(old, anew.db);
		for (const db of [old, anew.db]) await db.run('checkpoint register');
		const differs = differences.length > 0 || changedCubes.length > 0;
		old.close();
		anew.db.close();
		await swap(path, differs);
		return {
			submissions: ledger.length,
			differences,
			changedCubes,
			kept: differs ? `${path}.old` : undefined
		};
	} catch (error) {
		if (error instanceof OriginalLost) throw withoutOriginal(error, ledger);
		throw error;
	} finally {
		old.close();
		anew?.db.close();
	}
}

function withoutOriginal({ sha256, how }: OriginalLost, ledger: readonly Entry[]): RebuildImpossible {
	const entry = ledger.find(({ before }) => before.sha256 === sha256);
	const { before, submission } = entry as Entry;
	return new RebuildImpossible(
		`The original of submission ${before.number} is ${how}: ${submission.original.path}.`
	);
}

type Entry = { before: Receipt; submission: Submission };
const senders = z.object({ sender: z.string() });

/** The whole ledger, with what each submission was received with. */
async function readLedger(old: Database, folder: string, d: Definition): Promise<Entry[]> {
	const entries: Entry[] = [];
	for (;;) {
		const receipts = await listLedger(old, { after: entries.at(-1)?.before.number ?? 0, limit: 500 });
		if (receipts.length === 0) return entries;
		for (const before of receipts) {
			const { number, fileName, receivedAt, sha256, bytes } = before;
			const unit = d.unitById.get(before.unit);
			const profile = before.profile === null ? undefined : d.profiles.get(before.profile);
			const missing = !unit
				? `unit ${before.unit}`
				: before.profile && !profile && `profile ${before.profile}`;
			if (!unit || missing)
				throw new RebuildImpossible(
					`Submission ${number} needs the ${missing}, which the definition no longer has. Put it back.`
				);
			const [stated] = await old.rows(senders, 'select sender from submission where number = $number', {
				number
			});
			const original = { path: originalPath(folder, sha256), sha256, bytes };
			const from = sender.parse(JSON.parse(stated?.sender ?? 'null'));
			entries.push({ before, submission: { original, fileName, unit, profile, receivedAt, sender: from } });
		}
	}
}

/** Reads an original to its end: it must be there, whole; only then does the register follow from it. */
async function checkOriginal(folder: string, { original }: Submission): Promise<void> {
	for await (const _piece of readOriginal(folder, original));
}

/** Receives the ledger a second time, into the new register; what was refused then is refused now. */
async function* receivedAnew(anew: Register, ledger: readonly Entry[]): AsyncGenerator<Receipt> {
	for (let from = 0; from < ledger.length;) {
		const { before, submission } = ledger[from] as Entry;
		if (before.status === 'refused') {
			await checkOriginal(anew.folder, submission);
			yield anew.db.alone((writer) => refuse(writer, submission, before.refusals));
			from++;
		} else {
			const next = ledger.findIndex((entry, place) => place > from && entry.before.status === 'refused');
			const until = next < 0 ? ledger.length : next;
			yield* receiveAll(
				anew,
				ledger.slice(from, until).map((entry) => entry.submission)
			);
			from = until;
		}
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

/** Puts the new file in the old one's place in one step; the old one is kept under another name if asked for. */
async function swap(path: string, keep: boolean): Promise<void> {
	for (const name of [path, `${path}.new`])
		if (existsSync(`${name}.wal`)) throw new Error(`${name} has changes that are not yet in the file.`);
	await rm(`${path}.old`, { force: true });
	await link(path, `${path}.old`);
	await rename(`${path}.new`, path);
	if (!keep) await rm(`${path}.old`);
}
