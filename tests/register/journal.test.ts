import { existsSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { addNote, notesOf } from '#lib/server/register/flag-notes.ts';
import { LedgerAhead, LedgerDamaged, readJournal } from '#lib/server/register/journal.ts';
import { openRegister, RegisterDamaged } from '#lib/server/register/open.ts';
import { rebuild, RebuildImpossible } from '#lib/server/register/rebuild.ts';
import { listLedger } from '#lib/server/register/receipts.ts';
import { handIn, onlyWith, someVariables, unitLike } from './empty-register.ts';

let definition: Definition;
let made: string;
let folder: string;
const inside = (name: string) => join(folder, name);
const row = (reference: string) => `REF;BFODDAT;BVIKT\n${reference};2026-01-05;3500\n`;
const flag = { unit: 'kalmar', id: 'late.2026-01', births: 3, severity: 'low' } as const;
const form = { key: 'a-key-of-a-form-1', kind: 'note', reason: '', until: '', text: 'Vi vet.', who: 'Eva' };

/** A register with three entries: a submission, a note, a refused submission. */
beforeAll(async () => {
	definition = onlyWith(await loadDefinition('data/mfr'), someVariables);
	made = await mkdtemp(join(tmpdir(), 'register-'));
	const register = await openRegister(made, definition);
	const kalmar = unitLike(register, 'kalmar', 'kalmar');
	await handIn(register, row('A1'), { unit: kalmar });
	await addNote(register, flag, form, '2026-02-02 08:00:00');
	await handIn(register, 'REF;BFODDAT\nA1\n', { unit: kalmar });
	register.db.close();
});
afterAll(() => rm(made, { recursive: true }));

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'register-'));
	await cp(made, folder, { recursive: true });
	return () => rm(folder, { recursive: true });
});

const journal = () => readFile(inside('ledger.jsonl'), 'utf8');

/** What the register holds, once it is open. */
async function held() {
	const register = await openRegister(folder, definition);
	try {
		const receipts = await listLedger(register.db, { after: 0, limit: 100 });
		return { receipts, notes: await notesOf(wholeNation, register.db) };
	} finally {
		register.db.close();
	}
}

/** Runs statements on the register's file, as nothing but a fault would. */
async function behindItsBack(...statements: string[]) {
	const db = await openDatabase(inside('register.duckdb'));
	for (const sql of statements) await db.run(sql);
	db.close();
}

test('every entry is a line of the ledger file, in its order, chained and for its owner only', async () => {
	const kept = await readJournal(folder);
	expect(kept?.entries).toMatchObject([
		{ entry: 1, of: 'submission', number: 1, unit: 'kalmar', status: 'received', profile: null },
		{ entry: 2, of: 'note', unit: 'kalmar', flag: 'late.2026-01', number: 1, text: 'Vi vet.' },
		{ entry: 3, of: 'submission', number: 2, status: 'refused', refusals: [{ rule: 'wrongNumberOfFields' }] }
	]);
	expect((await stat(inside('ledger.jsonl'))).mode & 0o777).toBe(0o600);
	expect((await journal()).trimEnd().split('\n')).toHaveLength(3);
});

test('what was committed and not yet on the file when the process was killed is written at the next start', async () => {
	const whole = await journal();
	for (const cut of [0, 1, whole.indexOf('\n') + 1, whole.indexOf('\n') + 40, whole.length - 1]) {
		await writeFile(inside('ledger.jsonl'), whole.slice(0, cut));
		await held();
		expect(await journal()).toBe(whole);
	}
	await appendFile(inside('ledger.jsonl'), '{"entry":4,"of":"subm');
	await held();
	expect(await journal()).toBe(whole);
	await rm(inside('ledger.jsonl'));
	await held();
	expect(await journal()).toBe(whole);
});

test('a register that has lost a submission or a note does not start, and says what to run', async () => {
	const before = await held();
	await behindItsBack('delete from submission where number = 2');
	await expect(held()).rejects.toThrow(LedgerAhead);
	await expect(held()).rejects.toThrow(`npm run rebuild -- --data ${folder}`);
	expect(await rebuild(folder, definition)).toMatchObject({ lost: 'behind', differences: [] });
	expect(await held()).toEqual(before);
});

test('a register that holds something else than its ledger does not start', async () => {
	const before = await held();
	await behindItsBack(`update submission set sha256 = repeat('a', 64) where number = 2`);
	await expect(held()).rejects.toThrow('holds something else');
	await rebuild(folder, definition);
	expect(await held()).toEqual(before);
});

test('a register that is gone, or is no register, is made anew from the ledger and the originals', async () => {
	const before = await held();
	await rm(inside('register.duckdb'));
	await expect(held()).rejects.toThrow(LedgerAhead);
	await rm(inside('register.duckdb'));
	expect(await rebuild(folder, definition)).toMatchObject({ submissions: 2, lost: 'unreadable' });
	expect(await held()).toEqual(before);
	await writeFile(inside('register.duckdb'), 'this is no register'.repeat(1000));
	await expect(held()).rejects.toThrow(RegisterDamaged);
	await expect(held()).rejects.toThrow(`npm run rebuild -- --data ${folder}`);
	expect(await rebuild(folder, definition)).toMatchObject({ submissions: 2, lost: 'unreadable' });
	expect(await readFile(inside('register.duckdb.old'), 'utf8')).toContain('this is no register');
	expect(await held()).toEqual(before);
});

test('a log of DuckDB that is left beside a lost register is never read as the new one’s', async () => {
	const before = await held();
	await writeFile(inside('register.duckdb'), 'this is no register'.repeat(1000));
	await writeFile(inside('register.duckdb.wal'), 'nor is this a log');
	await rebuild(folder, definition);
	expect(existsSync(inside('register.duckdb.wal'))).toBe(false);
	expect(await held()).toEqual(before);
});

test('a ledger that was changed in the middle is told by its line, and neither start nor rebuild believes it', async () => {
	const whole = await journal();
	for (const [from, to] of [
		['kalmar', 'malmo'],
		['Vi vet.', 'Vi vill.'],
		['"entry":2', '"entry":4']
	] as const) {
		await writeFile(inside('ledger.jsonl'), whole.replace(from, to));
		await expect(held()).rejects.toThrow(LedgerDamaged);
		await expect(rebuild(folder, definition)).rejects.toThrow(/damaged in line [12]/);
	}
	await writeFile(inside('ledger.jsonl'), whole.split('\n').slice(1).join('\n'));
	await expect(held()).rejects.toThrow('damaged in line 1');
});

test('without a ledger that can be read from file or register nothing is made anew', async () => {
	await rm(inside('ledger.jsonl'));
	await truncate(inside('register.duckdb'), 1000);
	await expect(rebuild(folder, definition)).rejects.toThrow(RebuildImpossible);
	await expect(rebuild(folder, definition)).rejects.toThrow('There is no ledger');
});

test('a receipt is given only once its line is on the disk, also when it is asked for again', async () => {
	const register = await openRegister(folder, definition);
	try {
		const told: string[] = [];
		const failing = { sync: () => Promise.reject(new Error('The ledger could not be written: full')) };
		const unit = unitLike(register, 'motala');
		const hand = (by: typeof register.journal) =>
			handIn({ ...register, ...(by && { journal: by }) }, row('B1'), { unit }).then(() =>
				told.push('receipt')
			);
		await expect(hand(failing)).rejects.toThrow('full');
		await expect(hand(failing)).rejects.toThrow('full');
		expect(told).toEqual([]);
		await hand(register.journal);
		expect((await readJournal(folder))?.entries).toHaveLength(4);
	} finally {
		register.db.close();
	}
});
