import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { DatabaseClosed } from '#lib/server/db/database.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import {
	createNotebook,
	findOnShelf,
	history,
	openDraft,
	openShelf,
	publish,
	saveDraft
} from '#lib/server/notebook/shelf.ts';
import { backUp, BackupImpossible } from '#lib/server/register/backup.ts';
import { askForBackup, askForRestore, Refused } from '#lib/server/register/control.ts';
import { holderOf } from '#lib/server/register/lock.ts';
import { openRegister, RegisterInUse, type Register } from '#lib/server/register/open.ts';
import { originalPath, storeOriginal } from '#lib/server/register/original.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { listLedger } from '#lib/server/register/receipts.ts';
import { restore, RestoreImpossible } from '#lib/server/register/restore.ts';
import { closeServedRegister, servedRegister } from '#lib/server/register/served.ts';
import { handIn, unitLike } from './empty-register.ts';

let definition: Definition;
let root: string;
let data: string;
const at = (name: string) => join(root, name);
const stamp = 'test';
const header = 'IDADEMAE,SEXO,APGAR1,APGAR5,PESO,CONSULTAS,DTNASC,GESTACAO,GRAVIDEZ,ESCMAE,IDADEPAI\n';
const births = (weight: number) =>
	`${header}29,Feminino,7,9,${weight},4,2019-01-16,37 a 41 semanas,Única,Nenhuma,30\n`;

beforeAll(async () => (definition = await loadDefinition('data/sinasc')));
beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'register-'));
	data = at('data');
	await opened(async (register) => {
		await hand(register, 3000);
		await hand(register, 3100);
		await handIn(register, 'x', { unit: unitLike(register, 'ro', 'ro') });
	});
	await writeFile(join(data, 'audit.head'), '{}');
});
afterEach(async () => {
	await closeServedRegister().catch(() => undefined);
	await rm(root, { recursive: true });
});

async function opened<T>(work: (register: Register) => Promise<T>, folder = data): Promise<T> {
	const register = await openRegister(folder, definition);
	try {
		return await work(register);
	} finally {
		register.db.close();
	}
}
const hand = (register: Register, weight: number) =>
	handIn(register, births(weight), {
		unit: unitLike(register, 'ro', 'ro'),
		profile: definition.profiles.get('sinasc'),
		receivedAt: '2019-02-01'
	});
const receipts = ({ db }: Register) => listLedger(db, { after: 0, limit: 100 });
const backedUp = (keys?: string) => opened((register) => backUp(register, at('backup'), { keys }));

test('a backup holds the register, its ledger, its originals and all else, and no key; the keys go where they are asked for', async () => {
	const steps: number[] = [];
	const made = await opened(async (register) => {
		await storeOriginal(register.folder, Readable.from([Buffer.from('never received')]));
		return backUp(register, at('backup'), {
			keys: at('keys'),
			at: (done, total) => steps.push(done / total)
		});
	});
	expect(made).toMatchObject({ submissions: 3, keys: ['linkage.key', 'originals.key'], areKeysCopied: true });
	const names = await readdir(at('backup'), { recursive: true });
	expect(names.filter((name) => !name.startsWith('originals')).sort()).toEqual([
		'audit.head',
		'ledger.jsonl',
		'manifest.json',
		'register.duckdb'
	]);
	expect(names.filter((name) => name.endsWith('.sealed'))).toHaveLength(3);
	expect((await readdir(at('keys'))).sort()).toEqual(['linkage.key', 'originals.key']);
	for (const name of made.keys) expect((await stat(join(at('keys'), name))).mode & 0o777).toBe(0o600);
	expect(steps.at(-1)).toBe(1);
	expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

test('a backup goes into an empty folder that is not the data folder, its keys not into it', async () => {
	await mkdir(at('full/of'), { recursive: true });
	await opened(async (register) => {
		await expect(backUp(register, at('full'))).rejects.toThrow(BackupImpossible);
		await expect(backUp(register, join(data, 'backup'))).rejects.toThrow('data folder itself');
		await expect(backUp(register, at('backup'), { keys: at('backup/keys') })).rejects.toThrow(
			'keys must not'
		);
	});
});

test('notebooks come back with all their versions and drafts, also those that somebody wrote meanwhile', async () => {
	const shelf = openShelf(join(data, 'notebooks'), 'reports');
	const who = { id: 'erik-account', name: 'Erik Holm' };
	const from = { file: Buffer.from('first') };
	for (const title of ['one', 'two']) await createNotebook(shelf, who, { title, from, note: '' }, 1000);
	const done = new AbortController();
	const write = async (name: string) => {
		for (let n = 0; !done.signal.aborted; n++) {
			const seen = await openDraft(shelf, who, name);
			if (!seen) throw new Error(name);
			await saveDraft(shelf, who, name, { ...seen, text: `text ${n}` }, n);
			const asked = { note: '', revision: seen.revision + 1, locale: 'sv' as const };
			if (n % 3 === 2) await publish(shelf, who, name, asked, n);
		}
	};
	const writing = [write('one'), write('two')];
	await backedUp(at('keys')).finally(() => done.abort());
	await Promise.all(writing);
	const kept = openShelf(join(at('backup'), 'notebooks'), 'reports');
	const asked = { from: at('backup'), keys: at('keys'), replace: true, stamp };
	await restore(data, asked);
	for (const name of ['one', 'two']) {
		const versions = await history(shelf, name);
		expect(versions).toEqual(await history(kept, name));
		for (const { number } of versions) expect(await findOnShelf(shelf, name, number)).toBeDefined();
		expect((await openDraft(shelf, who, name))?.text).toMatch(/^(text|first)/);
	}
});

test('what is restored is what was backed up, and is made anew the same', async () => {
	const before = await opened(receipts);
	await backedUp(at('keys'));
	await rm(data, { recursive: true });
	const restored = await restore(data, { from: at('backup'), keys: at('keys'), replace: false, stamp });
	expect(restored).toEqual({ submissions: 3, kept: undefined });
	expect(await opened(receipts)).toEqual(before);
	expect(await rebuild(data, definition)).toMatchObject({
		submissions: 3,
		differences: [],
		changedCubes: []
	});
	expect(await opened((register) => hand(register, 3200))).toMatchObject({ number: 4 });
	// the backup is not touched by what is done with the copy
	await rm(data, { recursive: true });
	await restore(data, { from: at('backup'), keys: at('keys'), replace: false, stamp });
	expect(await opened(receipts)).toEqual(before);
});

test('a data folder is replaced only when it is said, and is then kept', async () => {
	await backedUp();
	await opened((register) => hand(register, 3300));
	const asked = { from: at('backup'), stamp };
	await expect(restore(data, { ...asked, replace: false })).rejects.toThrow('--replace');
	const { kept } = await restore(data, { ...asked, replace: true });
	expect(kept).toBe(`${data}.before-test`);
	expect(await opened(receipts)).toHaveLength(3);
	expect(await opened(receipts, kept)).toHaveLength(4);
	const again = await restore(data, { ...asked, replace: true });
	expect(again.kept).toBe(`${data}.before-test-2`);
	expect(existsSync(join(data, 'lock'))).toBe(false);
});

test('a backup that is not whole, or without its keys, is not restored and changes nothing', async () => {
	await backedUp(at('keys'));
	const asked = { from: at('backup'), keys: at('keys'), replace: true, stamp };
	const [first] = await opened(receipts);
	const original = originalPath(at('backup'), first?.sha256 ?? '');
	for (const path of [original, join(at('backup'), 'ledger.jsonl'), join(at('backup'), 'register.duckdb')]) {
		const bytes = await readFile(path);
		const flipped = Buffer.from(bytes);
		flipped[100] = (flipped[100] ?? 0) ^ 1;
		await rm(path); // it may be the data folder's own file under another name
		await expect(restore(data, asked)).rejects.toThrow(/register-.*is missing/);
		await writeFile(path, flipped);
		await expect(restore(data, asked)).rejects.toThrow('is damaged');
		await writeFile(path, bytes);
	}
	await writeFile(join(data, 'linkage.key'), `${'0'.repeat(64)}\n`);
	await expect(restore(data, { ...asked, keys: undefined })).rejects.toThrow('needs linkage.key');
	await rm(join(at('backup'), 'manifest.json'));
	await expect(restore(data, asked)).rejects.toThrow(RestoreImpossible);
	expect((await readdir(root)).sort()).toEqual(['backup', 'data', 'keys']);
});

test('a served register is backed up and replaced while it is served, over a socket for its own user', async () => {
	const served = () => servedRegister(data, 'data/sinasc');
	const first = await served();
	const holder = holderOf(data);
	if (!holder?.address) throw new Error('The served register has no address.');
	expect((await stat(holder.address)).mode & 0o777).toBe(0o600);
	const steps: number[] = [];
	const progress = (done: number) => steps.push(done);
	await askForBackup(holder, { to: at('backup'), keys: at('keys') }, progress);
	expect(steps.length).toBeGreaterThan(2);
	await expect(askForBackup(holder, { to: at('backup') }, progress)).rejects.toThrow(Refused);
	await hand(first, 3300);
	const asked = { from: at('backup'), keys: at('keys'), replace: true, stamp };
	const many = Promise.allSettled(Array.from({ length: 40 }, () => receipts(first)));
	const restoring = askForRestore(holder, asked, progress);
	expect(await restoring).toEqual({ submissions: 3, kept: `${data}.before-test` });
	for (const one of await many)
		if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(DatabaseClosed);
	await expect(receipts(first)).rejects.toThrow(DatabaseClosed);
	const second = await served();
	expect(second).not.toBe(first);
	expect(await receipts(second)).toHaveLength(3);
	expect(await hand(second, 3400)).toMatchObject({ number: 4 });
	await expect(openRegister(data, definition)).rejects.toThrow(RegisterInUse);
	const now = holderOf(data);
	await closeServedRegister();
	expect(existsSync(now?.address ?? '')).toBe(false);
	expect(await opened(receipts)).toHaveLength(4);
});

test('a backup that cannot be opened leaves what was served in its place', async () => {
	await servedRegister(data, 'data/sinasc');
	const other = { ...definition, variables: definition.variables.slice(1) };
	const register = await openRegister(at('other'), other);
	await backUp(register, at('backup'), { keys: at('keys') });
	register.db.close();
	const holder = holderOf(data);
	if (!holder) throw new Error('Nobody holds the data folder.');
	const asked = { from: at('backup'), keys: at('keys'), replace: true, stamp };
	await expect(askForRestore(holder, asked, () => undefined)).rejects.toThrow('another definition');
	expect(await receipts(await servedRegister(data, 'data/sinasc'))).toHaveLength(3);
});

test('a long name of the data folder does not hinder the socket', async () => {
	const long = at('x'.repeat(120));
	await cp(data, long, { recursive: true });
	await servedRegister(long, 'data/sinasc');
	const holder = holderOf(long);
	if (!holder) throw new Error('Nobody holds the data folder.');
	expect(await askForBackup(holder, { to: at('backup') }, () => undefined)).toMatchObject({ submissions: 3 });
});

async function command(script: string, ...args: string[]) {
	const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (text: Buffer) => (said += text.toString()));
	const [code] = z.tuple([z.number(), z.null()]).parse(await once(child, 'close'));
	return { said, code };
}

test('the commands work on a folder that nobody serves, and say what they did with the keys', async () => {
	const backup = await command('backup', '--data', data, '--to', at('backup'), '--register', 'data/sinasc');
	expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('The keys are not in it') });
	const rotated = await command('rotate-key', '--data', data);
	expect(rotated).toMatchObject({ code: 0, said: expect.stringContaining('3 originals are encrypted') });
	const without = await command('restore', '--from', at('backup'), '--data', data, '--replace');
	expect(without).toMatchObject({
		code: 1,
		said: expect.stringMatching(/\nThe backup needs originals.key[^\n]+\n$/)
	});
	const second = await command(
		'backup',
		'--data',
		data,
		'--to',
		at('two'),
		'--keys',
		at('keys'),
		'--register',
		'data/sinasc'
	);
	expect(second.code).toBe(0);
	const restored = await command(
		'restore',
		'--from',
		at('two'),
		'--data',
		data,
		'--replace',
		'--keys',
		at('keys')
	);
	expect(restored).toMatchObject({
		code: 0,
		said: expect.stringMatching(/3 submissions are in .*before-\d{8}T\d{6}/s)
	});
	expect(await opened(receipts)).toHaveLength(3);
});
