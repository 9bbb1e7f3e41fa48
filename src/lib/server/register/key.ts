import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holdsOriginals, KeyMissing } from './original-keys.ts';
import { syncFolder } from './sync-folder.ts';

/** The two pads of an HMAC-SHA-256 key (RFC 2104), as hexadecimal text. */
export type LinkageKey = { innerPad: string; outerPad: string };

/** The pads of a key of at most 64 bytes. */
export function padsOf(key: Buffer): LinkageKey {
	if (key.length < 32 || key.length > 64) throw new Error('A linkage key has 32 to 64 bytes.');
	const padded = Buffer.concat([key], 64);
	const pad = (byte: number) => Buffer.from(padded.map((b) => b ^ byte)).toString('hex');
	return { innerPad: pad(0x36), outerPad: pad(0x5c) };
}

/**
 * The key by which identity numbers become linkage values. It lies beside the database, not in it
 * (mode 600), and is made the first time. Without it births could not be known again by their numbers: throws
 * KeyMissing where originals have been received and it is gone.
 */
export async function linkageKey(folder: string): Promise<LinkageKey> {
	const path = join(folder, 'linkage.key');
	if (!existsSync(path) && (await holdsOriginals(folder)))
		throw new KeyMissing(
			`${path} is missing: without it no birth would be known again by its numbers. Put it back.`
		);
	const made = randomBytes(32).toString('hex');
	await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600, flush: true })
		.then(() => syncFolder(folder))
		.catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	const written = (await readFile(path, 'utf8')).trim();
	if (!/^[0-9a-f]{64}$/.test(written))
		throw new Error(`${path} does not hold a linkage key of 64 hexadecimal digits.`);
	return padsOf(Buffer.from(written, 'hex'));
}
