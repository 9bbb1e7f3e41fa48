import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './sync-folder.ts';

/** The keys by which originals are encrypted, by their ids; new ones are sealed by `current`. */
export type OriginalKeys = { current: string; keys: Readonly<Record<string, Buffer>> };

/** A key that is needed is not in the data folder. */
export class KeyMissing extends Error {}

export const originalKeysName = 'originals.key';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const written = z
	.object({ current: hex(8), keys: z.record(hex(8), hex(32)) })
	.refine(({ current, keys }) => current in keys);

/**
 * The keys in a data folder. Throws KeyMissing where there are none, and Error where the file holds something
 * else.
 */
export async function originalKeys(folder: string): Promise<OriginalKeys> {
	const path = join(folder, originalKeysName);
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
		throw new KeyMissing(`${path} is missing: without it no original can be read. Put it back.`);
	});
	const read = written.safeParse(parsed(text));
	if (!read.success) throw new Error(`${path} does not hold the keys of the originals.`);
	const { current, keys } = read.data;
	const bytes = Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'hex')]);
	return { current, keys: Object.fromEntries(bytes) };
}

/** Makes the first key where there is none. Throws KeyMissing where originals wait for one that is gone. */
export async function makeOriginalKeys(folder: string): Promise<void> {
	if (existsSync(join(folder, originalKeysName))) return;
	if (await holdsOriginals(folder)) await originalKeys(folder);
	await keepOriginalKeys(folder, withNewKey({ current: '', keys: {} }));
}

/** Whether a data folder holds originals: keys that are missing there are lost, and not yet to be made. */
export async function holdsOriginals(folder: string): Promise<boolean> {
	const names = await readdir(join(folder, 'originals'), { recursive: true });
	return names.some((name) => name.endsWith(sealedEnding));
}

/** The ending of the file of an encrypted original. */
export const sealedEnding = '.sealed';

/** The same keys and a new one, by which originals are sealed from now on. */
export function withNewKey({ keys }: OriginalKeys): OriginalKeys {
	const current = randomBytes(8).toString('hex');
	return { current, keys: { ...keys, [current]: randomBytes(32) } };
}

/** Writes the keys (mode 600), in one step: a kill leaves either the old ones or the new ones. */
export async function keepOriginalKeys(folder: string, { current, keys }: OriginalKeys): Promise<void> {
	const path = join(folder, originalKeysName);
	const texts = Object.entries(keys).map(([id, key]) => [id, key.toString('hex')]);
	const file = await open(`${path}.new`, 'w', 0o600);
	try {
		await file.writeFile(`${JSON.stringify({ current, keys: Object.fromEntries(texts) }, null, '\t')}\n`);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(`${path}.new`, path);
	await syncFolder(folder); // before anything is sealed by it
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
