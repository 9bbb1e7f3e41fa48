import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
	keepOriginalKeys,
	originalKeys,
	sealedEnding,
	withNewKey,
	type OriginalKeys
} from './original-keys.ts';
import { OriginalLost, readOriginal } from './original.ts';
import { arriving, removeLeftovers } from './plain-file.ts';
import { sealed, sealedBy } from './sealed.ts';

/** What was done: so many originals are sealed by the key with this id, the only one that is left. */
export type Rotated = { originals: number; key: string };

/**
 * Makes a new key and seals every original by it, one after the other; the old key goes last. Killed at any
 * moment, the folder is whole, and the next time it goes on where it was. The caller holds the folder. `at` is told
 * how far it has come. Throws OriginalLost for an original that is damaged; the old key is then kept.
 */
export async function rotateKey(
	folder: string,
	at: (done: number, total: number) => void = () => undefined
): Promise<Rotated> {
	await removeLeftovers(folder);
	const before = await originalKeys(folder);
	const isBegun = Object.keys(before.keys).length > 1;
	const keys = isBegun ? before : withNewKey(before);
	await keepOriginalKeys(folder, keys);
	const paths = await sealedPaths(folder);
	for (const [done, path] of paths.entries()) {
		if ((await keyOf(path)) !== keys.current) await sealAnew(folder, path, keys);
		at(done + 1, paths.length);
	}
	const { current } = keys;
	await keepOriginalKeys(folder, { current, keys: { [current]: keys.keys[current] as Buffer } });
	return { originals: paths.length, key: current };
}

/** The paths of all originals in a data folder. */
export async function sealedPaths(folder: string): Promise<string[]> {
	const names = await readdir(join(folder, 'originals'), { recursive: true });
	const found = names.filter((name) => name.endsWith(sealedEnding)).sort();
	return found.map((name) => join(folder, 'originals', name));
}

const hashOf = (path: string) => basename(path, sealedEnding);

function keyOf(path: string): Promise<string> {
	return sealedBy(path).catch(() => {
		throw new OriginalLost('damaged', { path, sha256: hashOf(path) });
	});
}

async function sealAnew(folder: string, path: string, keys: OriginalKeys): Promise<void> {
	const comes = join(folder, 'originals', arriving + randomUUID());
	try {
		// read to its end it is known to be what was handed in
		const plain = readOriginal(folder, { path, sha256: hashOf(path) });
		const file = createWriteStream(comes, { flags: 'wx', mode: 0o600, flush: true });
		await pipeline(plain, (pieces: AsyncIterable<Buffer>) => sealed(keys, pieces), file);
		await rename(comes, path);
	} finally {
		await rm(comes, { force: true });
	}
}
