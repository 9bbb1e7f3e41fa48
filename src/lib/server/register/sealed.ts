import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { KeyMissing, type OriginalKeys } from './original-keys.ts';

/**
 * A sealed file: a header (format and version, 4 bytes; id of the key, 8; salt, 32), then chunks of
 * AES-256-GCM, each with its tag of 16 bytes behind it. All chunks but the last hold 256 kB. Each file has a key
 * of its own, derived from the named one and the salt (HKDF-SHA-256), so that a nonce may be the chunk's number
 * and whether it is the last; the header is authenticated with every chunk. So a file that is cut, whose chunks
 * are moved, or that is put together from two does not open. (The construction is STREAM: Hoang, Reyhanitabar,
 * Rogaway, Vizár, CRYPTO 2015.)
 */
const format = Buffer.from('BFO1');
const idBytes = 8;
const saltBytes = 32;
const headerBytes = format.length + idBytes + saltBytes;
const chunkBytes = 2 ** 18;
const tagBytes = 16;

/** A sealed file is not as it was sealed. */
export class Damaged extends Error {}

/** The bytes of a sealed file for these plain ones. Holds a chunk in memory. */
export async function* sealed(
	{ current, keys }: OriginalKeys,
	plain: AsyncIterable<Uint8Array>
): AsyncGenerator<Buffer> {
	const header = Buffer.concat([format, Buffer.from(current, 'hex'), randomBytes(saltBytes)]);
	const seal = sealer(header, keyNamed(keys, current));
	yield header;
	let held = Buffer.allocUnsafe(chunkBytes);
	let filled = 0;
	for await (const bytes of plain)
		for (let at = 0; at < bytes.length;) {
			// a full chunk waits until it is known not to be the last
			if (filled === chunkBytes) {
				yield* seal(held, false);
				held = Buffer.allocUnsafe(chunkBytes);
				filled = 0;
			}
			const taken = Math.min(bytes.length - at, chunkBytes - filled);
			held.set(bytes.subarray(at, at + taken), filled);
			filled += taken;
			at += taken;
		}
	yield* seal(held.subarray(0, filled), true);
}

/** The plain bytes of a sealed file, chunk by chunk. Throws Damaged, or KeyMissing. */
export async function* unsealed({ keys }: OriginalKeys, path: string): AsyncGenerator<Buffer> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const header = await readAt(file, 0, headerBytes);
		if (size < headerBytes + tagBytes || !header.subarray(0, format.length).equals(format))
			throw new Damaged('It is not a sealed original.');
		const unseal = unsealer(header, keyNamed(keys, keyIdOf(header)));
		for (let at = headerBytes; at < size; at += chunkBytes + tagBytes) {
			const length = Math.min(chunkBytes + tagBytes, size - at);
			yield unseal(await readAt(file, at, length), at + length === size);
		}
	} finally {
		await file.close();
	}
}

/** The id of the key that a sealed file was sealed by. Throws Damaged. */
export async function sealedBy(path: string): Promise<string> {
	const file = await open(path);
	try {
		const header = await readAt(file, 0, headerBytes);
		if (!header.subarray(0, format.length).equals(format)) throw new Damaged('It is not a sealed original.');
		return keyIdOf(header);
	} finally {
		await file.close();
	}
}

/** How many plain bytes are in a sealed file of a size. */
export function plainBytes(size: number): number {
	const chunks = Math.ceil((size - headerBytes) / (chunkBytes + tagBytes));
	return size - headerBytes - chunks * tagBytes;
}

const keyIdOf = (header: Buffer) => header.subarray(format.length, format.length + idBytes).toString('hex');

function keyNamed(keys: OriginalKeys['keys'], id: string): Buffer {
	const key = keys[id];
	if (!key) throw new KeyMissing(`The key ${id}, by which an original is sealed, is not in the data folder.`);
	return key;
}

/** Gives chunks their nonces: each its number, and whether it is the last. */
function nonces(header: Buffer, key: Buffer) {
	const own = Buffer.from(hkdfSync('sha256', key, header.subarray(-saltBytes), 'bortfall original', 32));
	let number = 0;
	const next = (isLast: boolean) => {
		const nonce = Buffer.alloc(12);
		nonce.writeUInt32BE(number++, 7);
		nonce[11] = isLast ? 1 : 0;
		return nonce;
	};
	return { own, next };
}

function sealer(header: Buffer, key: Buffer) {
	const { own, next } = nonces(header, key);
	return function* (chunk: Buffer, isLast: boolean) {
		const cipher = createCipheriv('aes-256-gcm', own, next(isLast)).setAAD(header);
		yield cipher.update(chunk);
		cipher.final();
		yield cipher.getAuthTag();
	};
}

function unsealer(header: Buffer, key: Buffer) {
	const { own, next } = nonces(header, key);
	return (chunk: Buffer, isLast: boolean): Buffer => {
		if (chunk.length < tagBytes) throw new Damaged('It ends too early.');
		const text = chunk.subarray(0, -tagBytes);
		const cipher = createDecipheriv('aes-256-gcm', own, next(isLast), { authTagLength: tagBytes });
		const plain = cipher.setAAD(header).setAuthTag(chunk.subarray(-tagBytes)).update(text);
		try {
			cipher.final();
		} catch {
			throw new Damaged('It is not as it was sealed.');
		}
		return plain;
	};
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
	if (bytesRead < length) throw new Damaged('It ends too early.');
	return buffer;
}
