import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const manifestName = 'manifest.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A path inside a folder, with no way out of it. */
const inside = z
	.string()
	.refine((path) => path !== '' && !path.startsWith('/') && !/(^|[/\\])\.\.([/\\]|$)/.test(path));

/**
 * What a backup holds: each of its files by its path, with the SHA-256 of its bytes, and which keys belong to it.
 * It is written last: a folder without one is no backup.
 */
export const manifest = z.object({
	format: z.literal(1),
	submissions: z.int(),
	files: z.record(inside, hash),
	keys: z.record(inside, hash)
});
export type Manifest = z.infer<typeof manifest>;

/** The manifest of a backup; undefined where there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
	try {
		return manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
	} catch {
		return undefined;
	}
}

/** The SHA-256 of a file's bytes, which are on the disk when it is known. */
export async function hashOf(path: string): Promise<string> {
	const file = await open(path);
	try {
		await file.sync();
		const hashed = createHash('sha256');
		for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 }))
			hashed.update(chunk as Buffer);
		return hashed.digest('hex');
	} finally {
		await file.close();
	}
}
