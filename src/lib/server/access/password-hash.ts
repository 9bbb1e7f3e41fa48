import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Access } from './open.ts';

/** argon2id as OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two passes, one lane. */
const parameters = { memory: 19 * 1024, passes: 2, parallelism: 1 };
const tagLength = 32;
const prefix = `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=${parameters.parallelism}$`;

const computed = promisify(argon2);

/** Each hash takes 19 MiB while it is computed: no more than two at once, whoever asks for how many. */
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
	if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
	else running += 1;
	try {
		return await work();
	} finally {
		// the next one takes over this place
		const next = waiting.shift();
		if (next) next();
		else running -= 1;
	}
}

/** The argon2id tag of a text, with the parameters of today or those of an older hash. */
export const tagOf = (text: string, salt: Buffer, cost = parameters): Promise<Buffer> =>
	inTurn(() => computed('argon2id', { message: text.normalize('NFC'), nonce: salt, tagLength, ...cost }));

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** The hash of a password as PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	return `${prefix}${base64(salt)}$${base64(await tagOf(password, salt))}`;
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The hash that an account without one is compared with, so that the answer takes as long. */
const nobody = `${prefix}${base64(Buffer.alloc(16))}$${base64(Buffer.alloc(tagLength))}`;

/** Whether a password is the one of a hash. Without a hash it is not, after the same time. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
	const [, memory, passes, parallelism, salt, tag] = form.exec(hash ?? nobody) ?? [];
	if (!salt || !tag) throw new Error('A kept password is no argon2id hash.');
	const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
	const found = await tagOf(password, Buffer.from(salt, 'base64'), cost);
	const wanted = Buffer.from(tag, 'base64');
	return found.length === wanted.length && timingSafeEqual(found, wanted) && hash !== undefined;
}

/** Whether a hash was made with other parameters than those of today. */
export const needsNewHash = (hash: string) => !hash.startsWith(prefix);

/** The hash of an account's password, undefined when it has none. */
export function passwordHashOf({ db }: Access, accountId: string): string | undefined {
	const found = db.prepare('select password from account where id = ?').get(accountId);
	return z.string().nullish().parse(found?.password) ?? undefined;
}
