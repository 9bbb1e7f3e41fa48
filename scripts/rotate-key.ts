/**
 * Makes a new key and encrypts every original by it; the old key is gone at the end. The server must be stopped:
 *
 *     npm run rotate-key -- --data DIR
 *
 * Stopped in the middle, it goes on where it was when it is run again. Backups from before need the old key: keep it
 * with them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { holdFolder } from '#lib/server/register/lock.ts';
import { isPlain, registerName } from '#lib/server/register/open.ts';
import { OriginalLost } from '#lib/server/register/original.ts';
import { rotateKey } from '#lib/server/register/rotate-key.ts';
import { told } from './data-folder/told.ts';

/** Something that the person at the keyboard can put right. */
class UsageError extends Error {}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' } }
	});
	if (!existsSync(join(values.data, registerName)))
		throw new UsageError(`There is no register in ${values.data}.`);
	const lock = holdFolder(values.data);
	try {
		const { at, end } = told('encrypted anew');
		const { originals, key } = await rotateKey(values.data, at);
		end(`${originals} originals are encrypted by the key ${key}, the only one that is left.`);
	} finally {
		lock.release();
	}
}

try {
	await main();
} catch (error) {
	const argument = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
	const plain = argument || isPlain(error) || error instanceof OriginalLost || error instanceof UsageError;
	console.error(plain && error instanceof Error ? error.message : error);
	process.exitCode = argument ? 2 : 1;
}
