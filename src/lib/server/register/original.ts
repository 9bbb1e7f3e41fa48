import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The untouched bytes of a submission, stored under their hash. */
export type Original = { path: string; sha256: string; bytes: number };

/** So much must be free on the disk before anything is received. */
export const leastFreeBytes = 2 * 2 ** 30;

/** The disk is nearly full: nothing is received until there is room. */
export class DiskFull extends Error {}

/** Where the bytes with this hash lie in a data folder. */
export const originalPath = (folder: string, sha256: string) =>
	join(folder, 'originals', sha256.slice(0, 2), `${sha256}.csv`);

/**
 * Stores a stream of bytes as they are, hashed on the way, and puts them in their place only when they
 * are whole and on the disk. The same bytes twice are kept once. Throws DiskFull before anything is written.
 */
export async function storeOriginal(folder: string, source: Readable): Promise<Original> {
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize < leastFreeBytes) throw new DiskFull('Less than 2 GB are free on the disk.');
	const arriving = join(folder, 'originals', `arriving-${randomUUID()}`);
	const hash = createHash('sha256');
	let bytes = 0;
	const hashing = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			hash.update(chunk);
			bytes += chunk.length;
			done(null, chunk);
		}
	});
	try {
		await pipeline(source, hashing, createWriteStream(arriving, { mode: 0o600 }));
		const file = await open(arriving);
		await file.sync();
		await file.close();
		const sha256 = hash.digest('hex');
		const path = originalPath(folder, sha256);
		await mkdir(join(path, '..'), { recursive: true });
		await link(arriving, path).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
		return { path, sha256, bytes };
	} finally {
		await rm(arriving, { force: true });
	}
}
