/**
 * Copies the data folder into an empty folder, as it stands at one moment, also while it is served:
 *
 *     npm run backup -- --data DIR --to DIR2 [--keys DIR3] [--register data/mfr]
 *
 * The keys go into DIR3 alone: whoever has both has everything. Restore it with npm run restore.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { backUp, BackupImpossible, type BackedUp, type Progress as At } from '#lib/server/register/backup.ts';
import { askForBackup, Refused } from '#lib/server/register/control.ts';
import { holderOf } from '#lib/server/register/lock.ts';
import { isPlain, openRegister, registerName } from '#lib/server/register/open.ts';
import { told } from './data-folder/told.ts';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
			register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' },
			to: { type: 'string' },
			keys: { type: 'string' }
		}
	});
	if (values.to === undefined)
		throw new BackupImpossible('Say with --to which empty folder the backup goes to.');
	const to = resolve(values.to);
	const keys = values.keys === undefined ? undefined : resolve(values.keys);
	if (!existsSync(join(values.data, registerName)))
		throw new BackupImpossible(`There is no register in ${values.data}.`);
	const { at, end } = told('copied and checked');
	const made = await make(values, to, keys, at);
	const where = made.areKeysCopied
		? `The keys are in ${keys}: keep them apart from it.`
		: `The keys are not in it (${made.keys.join(', ')} in ${values.data}), and without them no original can be read: keep a copy of them elsewhere, or say with --keys where to.`;
	end(`${made.submissions} submissions in ${made.files} files are in ${to}. ${where}`);
}

async function make(
	{ data, register: folder }: { data: string; register: string },
	to: string,
	keys: string | undefined,
	at: At
): Promise<BackedUp> {
	const holder = holderOf(data);
	if (holder) return askForBackup(holder, { to, ...(keys !== undefined && { keys }) }, at);
	const register = await openRegister(data, await loadDefinition(folder));
	try {
		return await backUp(register, to, { keys, at });
	} finally {
		register.db.close();
	}
}

try {
	await main();
} catch (error) {
	const argument = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
	const kinds = [BackupImpossible, Refused, DefinitionError];
	const plain = argument || isPlain(error) || kinds.some((kind) => error instanceof kind);
	console.error(plain && error instanceof Error ? error.message : error);
	process.exitCode = argument ? 2 : 1;
}
