import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Access } from './open.ts';
import { tagOf } from './password-hash.ts';
import { transaction } from './transaction.ts';

const count = 10;
const groups = 3;
const groupLength = 4;
/** Without those that are mistaken for each other on paper: 31 of them, so 59 bits a code. */
const characters = '23456789abcdefghjkmnpqrstuvwxyz';

const newCode = () =>
	Array.from({ length: groups }, () =>
		Array.from({ length: groupLength }, () => characters[randomInt(characters.length)]).join('')
	).join('-');

const bare = (written: string) => written.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A code can be tried by whoever has the file, so it is hashed as slowly as a password; with one salt an account. */
const hashOf = async (written: string, salt: string) =>
	(await tagOf(bare(written), Buffer.from(salt, 'hex'))).toString('hex');

/** Ten new codes, and their hashes by a salt (hexadecimal). Nothing is kept yet. */
export async function newRecoveryCodes(salt: string): Promise<{ codes: string[]; hashes: string[] }> {
	const codes = Array.from({ length: count }, newCode);
	return { codes, hashes: await Promise.all(codes.map((code) => hashOf(code, salt))) };
}

/** Keeps the hashes of new codes in place of the account's old ones. */
export function keepRecoveryCodes(access: Access, accountId: string, hashes: readonly string[]): void {
	transaction(access, () => {
		access.db.prepare('delete from recovery_code where account = ?').run(accountId);
		const add = access.db.prepare('insert into recovery_code (account, hash) values (?, ?)');
		for (const hash of hashes) add.run(accountId, hash);
	});
}

/** The salt of an account's recovery codes; undefined when it has no second factor. */
export function recoverySalt({ db }: Access, accountId: string): string | undefined {
	const found = db
		.prepare('select recovery_salt as salt from second_factor where account = ?')
		.get(accountId);
	return found && z.object({ salt: z.string() }).parse(found).salt;
}

/** Whether a text is one of the account's recovery codes, which is used up by that. */
export async function takeRecoveryCode(access: Access, accountId: string, written: string): Promise<boolean> {
	const salt = recoverySalt(access, accountId);
	if (salt === undefined || bare(written).length !== groups * groupLength) return false;
	const hash = await hashOf(written, salt);
	const { changes } = access.db
		.prepare('delete from recovery_code where account = ? and hash = ?')
		.run(accountId, hash);
	return changes === 1;
}

/** How many recovery codes an account has left. */
export function recoveryCodesLeft({ db }: Access, accountId: string): number {
	const found = db.prepare('select count(*) as codes from recovery_code where account = ?').get(accountId);
	return Number(found?.codes);
}
