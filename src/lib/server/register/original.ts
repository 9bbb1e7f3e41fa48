import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { originalKeys, sealedEnding } from './original-keys.ts';
import { arriving, plainFile, type PlainFile } from './plain-file.ts';
import { Damaged, sealed, unsealed } from './sealed.ts';
import { syncFolder } from './sync-folder.ts';

/** The untouched bytes of a submission, stored encrypted under the hash of the plain ones; `bytes` counts those. */
export type Original = { path: string; sha256: string; bytes: number };

/** So much must be free on the disk before anything is received. */
export const leastFreeBytes = 2 * 2 ** 30;

/** The disk is nearly full: nothing is received until there is room. */
export class DiskFull extends Error {}

/** An original is not there, or its bytes are not those that were handed in. */
export class OriginalLost extends Error {
	readonly sha256: string;
	readonly how: 'missing' | 'damaged';
	constructor(how: 'missing' | 'damaged', { path, sha256 }: Pick<Original, 'path' | 'sha256'>) {
		super(`The original is ${how}: ${path}.`);
		this.how = how;
		this.sha256 = sha256;
	}
}

/** Where the original whose plain bytes have this hash lies in a data folder. */
export const originalPath = (folder: string, sha256: string) =>
	join(folder, 'originals', sha256.slice(0, 2), sha256 + sealedEnding);

/**
 * Stores a stream of bytes, hashed and sealed on the way, and puts them in their place only when they are whole
 * and on the disk. The same bytes twice are kept once. Throws DiskFull before anything is written.
 */
export async function storeOriginal(
	folder: string,
	source: Readable,
	{ leastFree = leastFreeBytes } = {}
): Promise<Original> {
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize < leastFree)
		throw new DiskFull(`Less than ${(leastFree / 2 ** 30).toFixed(0)} GB are free on the disk.`);
	const keys = await originalKeys(folder);
	const comes = join(folder, 'originals', arriving + randomUUID());
	const hash = createHash('sha256');
	let bytes = 0;
	async function* hashed(chunks: AsyncIterable<Buffer>) {
		for await (const chunk of chunks) {
			hash.update(chunk);
			bytes += chunk.length;
			yield chunk;
		}
	}
	try {
		const file = createWriteStream(comes, { flags: 'wx', mode: 0o600, flush: true });
		await pipeline(source, hashed, (chunks: AsyncIterable<Buffer>) => sealed(keys, chunks), file);
		const sha256 = hash.digest('hex');
		const path = originalPath(folder, sha256);
		await mkdir(join(path, '..'), { recursive: true });
		await link(comes, path).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
		await syncFolder(join(path, '..'));
		return { path, sha256, bytes };
	} finally {
		await rm(comes, { force: true });
	}
}

/**
 * The plain bytes of an original, piece by piece; only when all have come are they known to be those that were
 * handed in. Throws OriginalLost, or KeyMissing.
 */
export async function* readOriginal(
	folder: string,
	original: Pick<Original, 'path' | 'sha256'>
): AsyncGenerator<Buffer> {
	const keys = await originalKeys(folder);
	const hash = createHash('sha256');
	try {
		for await (const chunk of unsealed(keys, original.path)) {
			hash.update(chunk);
			yield chunk;
		}
	} catch (error) {
		if (error instanceof Damaged) throw new OriginalLost('damaged', original);
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new OriginalLost('missing', original);
		throw error;
	}
	if (hash.digest('hex') !== original.sha256) throw new OriginalLost('damaged', original);
}

/** The plain bytes of an original as a file without a name; the caller closes it. Throws as `readOriginal`. */
export async function openOriginal(folder: string, original: Original): Promise<PlainFile> {
	const plain = await plainFile(folder);
	try {
		for await (const chunk of readOriginal(folder, original)) await plain.handle.appendFile(chunk);
		return plain;
	} catch (error) {
		await plain.close();
		throw error;
	}
}

/** Reads an original to its end: it is there, and whole. Throws as `readOriginal`. */
export async function checkOriginal(folder: string, original: Original): Promise<void> {
	const pieces = readOriginal(folder, original);
	while (!(await pieces.next()).done);
}
