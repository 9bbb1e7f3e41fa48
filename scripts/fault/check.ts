import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { wholeNation } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Note } from '#lib/measures/follow-up.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { notesOf } from '#lib/server/register/flag-notes.ts';
import { readJournal } from '#lib/server/register/journal.ts';
import { isPlain, openRegister, type Register } from '#lib/server/register/open.ts';
import { checkOriginal, originalPath } from '#lib/server/register/original.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { receiptFor } from '#lib/server/register/receipts.ts';
import { header } from './files.ts';

/** What was acknowledged before the fault. */
export type Acknowledged = { receipts: Receipt[]; notes: Note[] };

/** What must hold after a fault does not. */
export class Lost extends Error {}

const must = (holds: boolean, what: string) => {
	if (!holds) throw new Lost(what);
};

/**
 * Starts the register of a folder that was hit, by the command that the start names where it stops, and checks that
 * all that was acknowledged is there, nothing is there in part, and every figure is as the originals make it. Gives
 * whether a command was needed. Throws Lost.
 */
export async function checkAfter(
	folder: string,
	d: Definition,
	acknowledged: Acknowledged
): Promise<boolean> {
	// made anew just now, it is what its originals make it
	if (await started(folder, d, acknowledged)) return true;
	const again = await rebuild(folder, d);
	must(again.lost === undefined, `The register is ${again.lost} after its start.`);
	must(
		again.differences.length === 0,
		`Receipts differ when made anew: ${JSON.stringify(again.differences)}`
	);
	must(again.changedCubes.length === 0, `Figures differ when made anew: ${again.changedCubes.join(', ')}`);
	return false;
}

/** Opens and checks; where the register stops or ends with the name of a command, runs that once. */
async function started(folder: string, d: Definition, acknowledged: Acknowledged): Promise<boolean> {
	let fatal: Error | undefined;
	try {
		await opened(folder, d, acknowledged, (error) => (fatal ??= error));
		return false;
	} catch (error) {
		const reason = fatal ?? error;
		if (!isPlain(reason) || !reason.message.includes('npm run rebuild -- --data ')) throw error;
	}
	await rebuild(folder, d);
	await opened(folder, d, acknowledged);
	return true;
}

async function opened(
	folder: string,
	d: Definition,
	acknowledged: Acknowledged,
	onFatal?: (error: Error) => void
): Promise<void> {
	const register = await openRegister(folder, d, onFatal && { onFatal });
	try {
		await allIsThere(register, acknowledged);
		await nothingIsPartial(register);
		await everythingCanBeRead(register);
	} finally {
		register.db.close();
	}
}

async function allIsThere({ db }: Register, { receipts, notes }: Acknowledged): Promise<void> {
	for (const receipt of receipts)
		must(
			isDeepStrictEqual(await receiptFor(wholeNation, db, receipt.number), receipt),
			`Submission ${receipt.number} was acknowledged and is not there as it was.`
		);
	const kept = await notesOf(wholeNation, db);
	for (const note of notes)
		must(
			kept.some((each) => isDeepStrictEqual(each, note)),
			`Note ${note.number} on ${note.flag} was acknowledged and is not there.`
		);
}

const counted = z.object({ number: z.int(), expected: z.int(), versions: z.int() });

async function nothingIsPartial({ db, folder }: Register): Promise<void> {
	const submissions = await db.rows(
		counted,
		`select s.number, any_value(s.added + s.changed)::integer as expected, count(b.submission)::integer as versions
		from submission s left join birth_version b on b.submission = s.number group by s.number order by s.number`
	);
	for (const [at, { number, expected, versions }] of submissions.entries()) {
		must(number === at + 1, `Submission ${at + 1} is missing, and ${number} is there.`);
		must(versions === expected, `Of submission ${number} ${versions} of ${expected} versions are there.`);
	}
	const [strays] = await db.rows(
		z.object({ n: z.int() }),
		`select count(*)::integer as n from birth_version where submission not in (select number from submission)`
	);
	must(strays?.n === 0, `${strays?.n} versions belong to no submission.`);
	const [inside] = await db.rows(
		z.object({ n: z.int(), last: z.int() }),
		`select count(*)::integer as n, coalesce(max(entry), 0) as last
		from (select entry from submission union all select entry from flag_note)`
	);
	const entries = (await readJournal(folder))?.entries ?? [];
	must(
		inside?.n === entries.length && inside.last === entries.length,
		`The register holds ${inside?.n} entries, and its ledger ${entries.length}.`
	);
	for (const entry of entries)
		if (entry.of === 'submission')
			await checkOriginal(folder, { ...entry, path: originalPath(folder, entry.sha256) });
	await nothingIsOpen(folder);
}

/** A damaged block shows only when it is read: so every one is, as pages and reports would sooner or later. */
async function everythingCanBeRead({ db }: Register): Promise<void> {
	const tables = await db.rows(
		z.object({ name: z.string() }),
		'select table_name as name from duckdb_tables() where database_name = current_database()'
	);
	for (const { name } of tables) await db.run(`select sum(hash(t)) from ${name} t`);
}

/** Whatever lies among the originals is whole or gone, and no byte of it readable. */
async function nothingIsOpen(folder: string): Promise<void> {
	for (const entry of await readdir(join(folder, 'originals'), { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		must(/^[0-9a-f]{64}\.sealed$/.test(entry.name), `${entry.name} was left among the originals.`);
		const bytes = await readFile(join(entry.parentPath, entry.name));
		must(!bytes.includes(header), `${entry.name} can be read as it lies there.`);
	}
}
