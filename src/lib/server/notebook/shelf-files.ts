import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '#lib/server/register/sync-folder.ts';

/** How the names of files and folders begin that are not whole yet: nothing is ever read of them. */
export const writing = 'writing-';

/** Where a notebook of a shelf lies, and its parts; `name` is one that `readName` has let through. */
export const placeOf = (folder: string, name: string) => join(folder, name);
export const versionPath = (place: string, number: number) =>
	join(place, 'versions', `${String(number).padStart(4, '0')}.md`);
export const versionsPath = (place: string) => join(place, 'versions.jsonl');
export const removedPath = (place: string) => join(place, 'removed.json');

/** SHA-256 of a text's UTF-8 bytes, as hexadecimal text. */
export const hashOfText = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Puts a text in its place as a whole, over what is there: when this resolves, its bytes are on the disk under its
 * name; when the process is killed before, what was there is there still.
 */
export async function putFile(path: string, text: string): Promise<void> {
	const whole = await beside(path, text);
	await rename(whole, path);
	await syncFolder(dirname(path));
}

/** As `putFile`, but never over a file that is there: gives false then, and has changed nothing. */
export async function putNewFile(path: string, text: string): Promise<boolean> {
	const whole = await beside(path, text);
	try {
		await link(whole, path);
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	} finally {
		await rm(whole);
	}
	await syncFolder(dirname(path));
	return true;
}

/** A file with the text beside the path, on the disk. */
async function beside(path: string, text: string): Promise<string> {
	const whole = join(dirname(path), writing + randomUUID());
	const file = await open(whole, 'wx', 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	return whole;
}

/** Takes away what a process that was killed was just writing, in a folder and those in it. */
export async function removeUnfinished(folder: string): Promise<void> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(noneIfMissing);
	for (const entry of entries)
		if (entry.name.startsWith(writing))
			await rm(join(entry.parentPath, entry.name), { recursive: true, force: true });
}

/** Makes a folder for its owner only, also those above it. */
export const makeFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 });

/** What a system call gave as its reason. */
export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** For a folder that there need not be: nothing lies in it. */
export function noneIfMissing(error: unknown): never[] {
	if (codeOf(error) === 'ENOENT') return [];
	throw error;
}

/** For a file that there need not be. */
export function undefinedIfMissing(error: unknown): undefined {
	if (codeOf(error) === 'ENOENT') return undefined;
	throw error;
}

/** What is written on a notebook happens in turns; kept where a hot reload of this module finds it again. */
const kept = globalThis as typeof globalThis & { bortfallShelfTurns?: Map<string, Promise<unknown>> };
const turns = (kept.bortfallShelfTurns ??= new Map<string, Promise<unknown>>());

/** Does work when all earlier work with this key has come to its end, well or not. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = turns.get(key);
	const mine = (async () => {
		await before?.catch(() => undefined);
		return work();
	})();
	turns.set(key, mine);
	try {
		return await mine;
	} finally {
		if (turns.get(key) === mine) turns.delete(key);
	}
}
