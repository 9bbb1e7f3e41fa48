import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file for texts with persons in them, while they are read. Where the system shows open files by number, it
 * has no name on the disk: only this process reads it, by `path`, and when the process ends it is gone.
 */
export type PlainFile = { readonly path: string; readonly handle: FileHandle; close(): Promise<void> };

const prefix = 'reading-';
const openFiles = '/proc/self/fd';

/** An empty plain file; `close` ends it. */
export async function plainFile(folder: string): Promise<PlainFile> {
	const named = join(folder, 'originals', prefix + randomUUID());
	const handle = await open(named, 'wx+', 0o600);
	if (existsSync(openFiles)) {
		await rm(named); // before anything is in it
		return { path: `${openFiles}/${handle.fd}`, handle, close: () => handle.close() };
	}
	const close = async () => {
		await handle.close();
		await rm(named, { force: true });
	};
	return { path: named, handle, close };
}

/** Removes what a process that was killed left behind: plain files, and originals that were arriving. */
export async function removeLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(join(folder, 'originals')))
		if (name.startsWith(prefix) || name.startsWith(arriving))
			await rm(join(folder, 'originals', name), { force: true });
}

/** How the names of originals begin that are not whole yet. */
export const arriving = 'arriving-';
