/**
 * Puts a backup in the place of a data folder, also while that is served:
 *
 *     npm run restore -- --from DIR2 --data DIR [--keys DIR3] [--replace]
 *
 * Every file of the backup is checked first. What it replaces is kept beside it, as DIR.before-….
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { askForRestore, Refused } from '#lib/server/register/control.ts';
import { holderOf } from '#lib/server/register/lock.ts';
import { isPlain } from '#lib/server/register/open.ts';
import { restore, RestoreImpossible } from '#lib/server/register/restore.ts';
import { told } from './data-folder/told.ts';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
			from: { type: 'string' },
			keys: { type: 'string' },
			replace: { type: 'boolean', default: false }
		}
	});
	if (values.from === undefined) throw new RestoreImpossible('Say with --from where the backup is.');
	const asked = {
		from: resolve(values.from),
		...(values.keys !== undefined && { keys: resolve(values.keys) }),
		replace: values.replace,
		stamp: new Date().toISOString().replaceAll(/[-:]|\..*/g, '')
	};
	const { at, end } = told('checked and copied');
	const holder = holderOf(values.data);
	const { submissions, kept } = holder
		? await askForRestore(holder, asked, at)
		: await restore(values.data, asked, at);
	const before = kept === undefined ? '' : ` What was there before is kept in ${kept}.`;
	end(`${submissions} submissions are in ${values.data}.${before}`);
}

try {
	await main();
} catch (error) {
	const argument = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
	const kinds = [RestoreImpossible, Refused];
	const plain = argument || isPlain(error) || kinds.some((kind) => error instanceof kind);
	console.error(plain && error instanceof Error ? error.message : error);
	process.exitCode = argument ? 2 : 1;
}
