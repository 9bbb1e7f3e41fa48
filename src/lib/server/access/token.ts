import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A text that nobody can guess: 32 random bytes, or as many as are said, for cookies and addresses. */
export const randomToken = (bytes = 32) => randomBytes(bytes).toString('base64url');

/** SHA-256 as hexadecimal text. For texts of 112 random bits and more; passwords need a slow hash. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Whether two hashes are the same, in a time that does not tell how much of them is. */
export function sameHash(a: string, b: string): boolean {
	const [first, second] = [Buffer.from(a), Buffer.from(b)];
	return first.length === second.length && timingSafeEqual(first, second);
}
