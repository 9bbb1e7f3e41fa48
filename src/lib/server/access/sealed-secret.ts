import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from './open.ts';

const keyName = 'second-factor.key';
const ivLength = 12;
const tagLength = 16;

/**
 * The key that the secrets of second factors are encrypted with. It lies beside the accounts, not in them (mode
 * 600), so that a copy of the accounts alone is no second factor. Made when the first secret is.
 */
function keyOf({ folder }: Access, mayMake: boolean): Buffer {
	const path = join(folder, keyName);
	if (mayMake)
		try {
			const made = `${randomBytes(32).toString('hex')}\n`;
			writeFileSync(path, made, { flag: 'wx', mode: 0o600, flush: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	const written = readFileSync(path, 'utf8').trim();
	if (!/^[0-9a-f]{64}$/.test(written))
		throw new Error(`${path} does not hold a key of 64 hexadecimal digits.`);
	return Buffer.from(written, 'hex');
}

/** A secret encrypted (AES-256-GCM) for one account: for another one it cannot be read. */
export function sealed(access: Access, secret: string, accountId: string): string {
	const key = keyOf(access, !hasSecrets(access));
	const iv = randomBytes(ivLength);
	const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
	cipher.setAAD(Buffer.from(accountId));
	const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

/** A secret as it was before `sealed`. Throws when key or account are others, or the key is missing. */
export function unsealed(access: Access, kept: string, accountId: string): string {
	const bytes = Buffer.from(kept, 'base64');
	const iv = bytes.subarray(0, ivLength);
	const cipher = createDecipheriv('aes-256-gcm', keyOf(access, false), iv, { authTagLength: tagLength });
	cipher.setAAD(Buffer.from(accountId));
	cipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
	return cipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8') + cipher.final('utf8');
}

/** Another key than the one they were encrypted with must not be made where there are secrets. */
const hasSecrets = ({ db }: Access) => db.prepare('select 1 from second_factor limit 1').get() !== undefined;
