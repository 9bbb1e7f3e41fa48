import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { place, type Progress } from './backup.ts';
import { holdFolder, lockName } from './lock.ts';
import { hashOf, readManifest, type Manifest } from './manifest.ts';

/** The backup is not whole, its keys are not there, or there is something in the place where it should go. */
export class RestoreImpossible extends Error {}

/**
 * An empty file in a data folder that came back from a backup: what was sent since the backup is not known there, see
 * rounds/after-restore.ts, which takes it away.
 */
export const restoredMark = 'restored';

export type Restoring = {
	/** The backup, and the folder of its keys. */
	from: string;
	keys?: string | undefined;
	/** Whether what lies in the data folder may be replaced; it is kept beside. */
	replace: boolean;
	/** What the name of the folder that is kept ends with. */
	stamp: string;
};

/** What came in: so many submissions, and where what lay there before is kept. */
export type Restored = { submissions: number; kept: string | undefined };

/** Puts a backup in the place of a data folder that nobody has open. Throws RestoreImpossible or RegisterInUse. */
export async function restore(folder: string, asked: Restoring, at?: Progress): Promise<Restored> {
	const lock = holdFolder(folder);
	try {
		const { path, submissions } = await unpack(folder, asked, at);
		const next = holdFolder(path);
		try {
			const kept = await swapIn(folder, path, asked.stamp);
			next.moved(folder);
			return { submissions, kept };
		} finally {
			next.release();
		}
	} finally {
		lock.release();
	}
}

/**
 * Checks a backup and copies it, with its keys, into a folder beside the data folder. While it works the data folder
 * may be in use. Throws RestoreImpossible.
 */
export async function unpack(
	folder: string,
	{ from, keys, replace }: Restoring,
	at: Progress = () => undefined
): Promise<{ path: string; submissions: number }> {
	const manifest = await readManifest(from);
	if (!manifest) throw new RestoreImpossible(`${from} is no backup, or one that was not finished.`);
	if (!replace && !(await isFree(folder)))
		throw new RestoreImpossible(
			`${folder} is not empty. With --replace the backup takes its place, and what is there now is kept beside it.`
		);
	const names = Object.keys(manifest.files);
	for (const [done, name] of names.entries()) {
		await check(from, name, manifest);
		at(Math.ceil((done + 1) / 2), names.length);
	}
	const keyFiles = await findKeys(folder, keys, manifest);
	const path = `${resolve(folder)}.restoring`;
	await rm(path, { recursive: true, force: true });
	await mkdir(path, { mode: 0o700 });
	for (const [done, name] of names.entries()) {
		const isOriginal = name.startsWith('originals/');
		await mkdir(dirname(join(path, name)), { recursive: true, mode: 0o700 });
		// what the register writes to must not be the backup's own file
		await (isOriginal ? place : copyFile)(join(from, name), join(path, name));
		at(Math.ceil((names.length + done + 1) / 2), names.length);
	}
	for (const [name, file] of keyFiles) await copyFile(file, join(path, name));
	await writeFile(join(path, restoredMark), '', { mode: 0o600 });
	return { path, submissions: manifest.submissions };
}

async function check(from: string, name: string, { files }: Manifest): Promise<void> {
	const found = await hashOf(join(from, name)).catch(() => undefined);
	if (found === files[name]) return;
	const how = found === undefined ? 'is missing' : 'is damaged';
	throw new RestoreImpossible(`The backup is not whole: ${join(from, name)} ${how}.`);
}

/** Where the keys of a backup are: in the folder that is given, or still in the data folder itself. */
async function findKeys(folder: string, given: string | undefined, { keys }: Manifest) {
	const found: [name: string, path: string][] = [];
	for (const [name, sha256] of Object.entries(keys)) {
		const candidates = [given, folder].filter((each) => each !== undefined).map((each) => join(each, name));
		const paths: string[] = [];
		for (const path of candidates) if (existsSync(path) && (await hashOf(path)) === sha256) paths.push(path);
		const [path] = paths;
		if (path === undefined)
			throw new RestoreImpossible(
				`The backup needs ${name} as it was then. ${given === undefined ? 'Say with --keys where it is kept.' : `It is not in ${given}.`}`
			);
		found.push([name, path]);
	}
	return found;
}

const ofTheProcess = (name: string) => name === lockName || name.endsWith('.sock');

const isFree = async (folder: string) =>
	!existsSync(folder) || (await readdir(folder)).every((name) => ofTheProcess(name));

/**
 * Puts an unpacked folder in the data folder's place, in which nobody must have a file open; what was there is kept
 * beside it. Gives where; undefined where there was nothing.
 */
export async function swapIn(folder: string, path: string, stamp: string): Promise<string | undefined> {
	const kept = beside(`${resolve(folder)}.before-${stamp}`);
	const isEmpty = await isFree(folder);
	await rename(folder, kept);
	try {
		await rename(path, folder);
	} catch (error) {
		await rename(kept, folder);
		throw error;
	}
	await rm(join(kept, lockName), { force: true });
	if (!isEmpty) return kept;
	await rm(kept, { recursive: true, force: true });
	return undefined;
}

/** A name that nothing has yet. */
function beside(path: string): string {
	let free = path;
	for (let n = 2; existsSync(free); n++) free = `${path}-${n}`;
	return free;
}
