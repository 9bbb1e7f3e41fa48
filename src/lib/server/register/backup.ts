import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { backupFile } from '#lib/server/access/backup.ts';
import { journalName, readJournal } from './journal.ts';
import { hashOf, manifestName, type Manifest } from './manifest.ts';
import { registerName, type Register } from './open.ts';
import { originalPath } from './original.ts';

/** What was copied: so many files, of so many submissions, and whether the keys were. */
export type BackedUp = { files: number; submissions: number; keys: string[]; areKeysCopied: boolean };

/** The backup cannot be made there, or not of this. */
export class BackupImpossible extends Error {}

/** How far a piece of work has come. */
export type Progress = (done: number, total: number) => void;

/**
 * Copies an open register with all that belongs to it into the folder `to`, as it stands at one moment, while it is
 * in use: submissions wait only while the register's file is copied. Originals are linked where that is possible:
 * they never change. The keys, without which the originals cannot be read, go into a folder of their own, if one is
 * given. Throws BackupImpossible.
 */
export async function backUp(
	register: Register,
	to: string,
	{ keys, at = () => undefined }: { keys?: string | undefined; at?: Progress } = {}
): Promise<BackedUp> {
	const { folder, db } = register;
	for (const target of [to, ...(keys === undefined ? [] : [keys])]) await makeEmpty(folder, target);
	if (keys !== undefined && !relative(resolve(to), resolve(keys)).startsWith('..'))
		throw new BackupImpossible(`The keys must not lie in the backup itself: ${keys}.`);
	// The rounds before their reports: a report that is told of is there. The head of the log before the accounts:
	// the log may go on past its head, but not end before it.
	await backupFile(folder, 'rounds.sqlite', to);
	await copyOthers(folder, to);
	await backupFile(folder, 'accounts.sqlite', to);
	await db.alone(async (writer) => {
		await writer.run('checkpoint register');
		// DuckDB's own lock on the file ends when this process closes it after reading; ours on the folder holds
		for (const name of [registerName, `${registerName}.wal`, journalName])
			if (existsSync(join(folder, name))) await copyFile(join(folder, name), join(to, name));
	});
	const entries = (await readJournal(to))?.entries ?? [];
	const submissions = entries.filter((entry) => entry.of === 'submission');
	const hashes = new Set(submissions.map(({ sha256 }) => sha256));
	let done = 0;
	for (const sha256 of hashes) {
		await place(originalPath(folder, sha256), originalPath(to, sha256));
		at(Math.ceil(++done / 2), hashes.size);
	}
	const found = await keyNames(folder);
	if (keys !== undefined) for (const name of found) await copyFile(join(folder, name), join(keys, name));
	const files = await hashesOf(to, (n, total) =>
		at(Math.ceil((hashes.size * (1 + n / total)) / 2), hashes.size)
	);
	const made: Manifest = {
		format: 1,
		submissions: submissions.length,
		files,
		keys: Object.fromEntries(
			await Promise.all(found.map(async (name) => [name, await hashOf(join(folder, name))] as const))
		)
	};
	await writeWhole(join(to, manifestName), `${JSON.stringify(made, null, '\t')}\n`);
	return {
		files: Object.keys(files).length,
		submissions: submissions.length,
		keys: found,
		areKeysCopied: keys !== undefined
	};
}

async function makeEmpty(folder: string, target: string): Promise<void> {
	if (!relative(resolve(folder), resolve(target)).startsWith('..'))
		throw new BackupImpossible(`A backup must not lie in the data folder itself: ${target}.`);
	await mkdir(target, { recursive: true, mode: 0o700 });
	if ((await readdir(target)).length) throw new BackupImpossible(`${target} is not empty.`);
}

/** The files with keys in a data folder. */
export const keyNames = async (folder: string) =>
	(await readdir(folder)).filter((name) => name.endsWith('.key')).sort();

/** What is copied in a way of its own, or belongs to the running process, or can be made anew. */
const apart =
	/^(register\.duckdb.*|ledger\.jsonl|originals|.*\.sqlite.*|.*\.key(\.new)?|lock(\..*)?|restored|snapshots|.*\.sock)$/;

/**
 * Copies what else lies in the data folder, such as the head of the audit and the notebooks: of each of these the list
 * of its versions first, so that what it names has been there since, also where somebody publishes meanwhile.
 */
async function copyOthers(folder: string, to: string): Promise<void> {
	const listed = await copyVersionLists(folder, to);
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const path = relative(folder, join(entry.parentPath, entry.name));
		const [first = ''] = path.split(/[/\\]/);
		if (!entry.isFile() || apart.test(first)) continue;
		if (first === notebooks && (listed.has(path) || !listed.has(listOf(path)))) continue;
		await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
		await copyFile(join(folder, path), join(to, path)).catch((error: NodeJS.ErrnoException) => {
			// a draft that was put in its place meanwhile
			if (error.code !== 'ENOENT') throw error;
		});
	}
}

/** The folder of the installation's notebooks (server/notebook/shelf.ts), and the list of versions in one of them. */
const notebooks = 'notebooks';
const versionList = 'versions.jsonl';
const listOf = (path: string) => join(notebooks, path.split(/[/\\]/)[1] ?? '', versionList);

/** Copies the lists of versions of all notebooks; gives their paths from the data folder. */
async function copyVersionLists(folder: string, to: string): Promise<Set<string>> {
	const copied = new Set<string>();
	if (!existsSync(join(folder, notebooks))) return copied;
	for (const name of await readdir(join(folder, notebooks))) {
		const path = join(notebooks, name, versionList);
		if (!existsSync(join(folder, path))) continue;
		await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
		await copyFile(join(folder, path), join(to, path));
		copied.add(path);
	}
	return copied;
}

/** Puts a file that never changes in another place too: by a link, or where that does not go by a copy. */
export async function place(from: string, to: string): Promise<void> {
	if (!existsSync(from)) throw new BackupImpossible(`An original is missing: ${from}.`);
	await mkdir(dirname(to), { recursive: true, mode: 0o700 });
	await link(from, to).catch(() => copyFile(from, to));
}

async function hashesOf(folder: string, at: Progress): Promise<Record<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
	const found: Record<string, string> = {};
	for (const [done, path] of paths.entries()) {
		found[path] = await hashOf(join(folder, path));
		at(done + 1, paths.length);
	}
	return found;
}

/** Writes a file that is on the disk when this resolves. */
async function writeWhole(path: string, text: string): Promise<void> {
	const file = await open(path, 'wx', 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
}
