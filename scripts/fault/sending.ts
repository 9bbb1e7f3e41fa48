/**
 * The process of a round that is hit: opens a register, receives files and tells each receipt and note as soon as it
 * has it, a line of JSON each. Arguments: folder, seed, number of the first file, how many, how often checkpoints
 * come, whether an upload breaks off in between.
 */
import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Submission } from '#lib/server/register/batch.ts';
import { addNote } from '#lib/server/register/flag-notes.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { DiskFull, storeOriginal } from '#lib/server/register/original.ts';
import { receiveAll } from '#lib/server/register/receive.ts';
import { Random } from '../demo/random.ts';
import { fileOf, header, sender, smallDefinition } from './files.ts';

const [folder = '', ...given] = process.argv.slice(2);
const [seed = 0, first = 0, count = 0, isTogether = 0, breaksOff = 0] = given.slice(0, 5).map(Number);
const checkpoints = given[5] ?? '64MB';

/** Straight to the pipe: what is told here has been acknowledged, whatever comes after. */
const say = (told: object) => writeSync(1, `${JSON.stringify(told)}\n`);

const random = new Random('sending', seed);
const definition = await smallDefinition();
const register = await openRegister(folder, definition, {
	onFatal(error) {
		say({ fatal: error.message.split('\n')[0] });
		process.exit(1);
	}
});
await register.db.run(`set wal_autocheckpoint = '${checkpoints}'`);
say({ ready: true });

/** An upload that ends in the middle, by an error or never. */
async function brokenUpload(never: boolean): Promise<void> {
	let hasBegun = false;
	const source = new Readable({
		read() {
			if (!hasBegun) this.push(`${header}\n`);
			else if (!never) this.destroy(new Error('The connection was lost.'));
			hasBegun = true;
		}
	});
	const stored = storeOriginal(register.folder, source, { leastFree: 0 }).catch(() => undefined);
	if (!never) await stored;
}

async function* submissions(): AsyncGenerator<Submission> {
	for (let n = first; n < first + count; n++) {
		const { unit, receivedAt, bytes } = fileOf(definition, seed, n);
		if (breaksOff && n % 3 === 1) await brokenUpload(false);
		const original = await storeOriginal(register.folder, Readable.from([bytes]), { leastFree: 0 }).catch(
			(error: unknown) => {
				// the page answers 507: nothing is taken in, and the next one may be smaller
				if (error instanceof DiskFull || (error as NodeJS.ErrnoException).code === 'ENOSPC') return undefined;
				throw error;
			}
		);
		if (original) yield { original, fileName: `${n}.csv`, unit, sender, receivedAt };
	}
}

async function note(n: number): Promise<void> {
	const flag = { unit: 'kalmar', id: `late.2026-0${1 + (n % 6)}`, births: n, severity: 'low' } as const;
	const form = {
		key: `${seed}-a-key-of-form-${n}`,
		kind: 'note',
		reason: '',
		until: '',
		text: `Not ${n}`,
		who: ''
	};
	const added = await addNote(register, flag, form, '2026-09-01 08:00:00');
	if ('note' in added) say({ note: added.note });
}

async function all(): Promise<void> {
	if (breaksOff) await brokenUpload(true);
	if (isTogether) {
		for await (const receipt of receiveAll(register, submissions())) say({ receipt });
		return;
	}
	for await (const submission of submissions())
		for await (const receipt of receiveAll(register, [submission])) {
			say({ receipt });
			if (random.chance(0.2)) await note(receipt.number);
		}
}

try {
	await all();
	say({ done: true });
	setInterval(() => undefined, 60_000); // it is killed here, as it stands
} catch (error) {
	say({ failed: error instanceof Error ? error.message.split('\n')[0] : String(error) });
	process.exit(1);
}
