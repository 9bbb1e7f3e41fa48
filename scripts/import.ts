/**
 * Hands files in as from one unit, one after the other, and prints a receipt for each:
 *
 *     npm run --silent import -- FILE… --unit UNIT --sender sender.json [--data DIR] [--json] …
 *
 * With --json a line for each file: an object with the receipt, or with `error` where there is none.
 * Ends with 1 when a file was refused or could not be handed in, with 2 when an argument cannot be used.
 */
import { createReadStream } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { refusalText } from '#lib/format/receipt-text.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { isPlain, openRegister, type Register } from '#lib/server/register/open.ts';
import { DiskFull, storeOriginal } from '#lib/server/register/original.ts';
import { OutOfOrder, receive, type Submission } from '#lib/server/register/receive.ts';
import {
	profileOf,
	readArguments,
	readSender,
	unitOf,
	usage,
	UsageError,
	type ImportArguments
} from './import/arguments.ts';
import { receiptLines } from './import/receipt-lines.ts';

/** Stockholm's time, as receipts tell it: 2026-02-01 08:30:00. */
const now = () =>
	new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Europe/Stockholm',
		dateStyle: 'short',
		timeStyle: 'medium'
	}).format(new Date());

async function handIn(asked: ImportArguments): Promise<void> {
	const definition = await loadDefinition(asked.register).catch((error: unknown) => {
		const faults = error instanceof DefinitionError || !(error instanceof Error);
		throw faults ? error : new UsageError(`--register: ${error.message}`);
	});
	const unit = unitOf(definition, asked.unit);
	const profile = profileOf(definition, asked.profile);
	const sender = await readSender(asked.sender);
	await mkdir(asked.data, { recursive: true }).catch(() => {
		throw new UsageError(`--data: ${asked.data} is no folder and cannot be made one.`);
	});
	const register = await openRegister(asked.data, definition);
	try {
		for (const file of asked.files) {
			try {
				await handInOne(register, file, asked, { unit, profile, sender });
			} catch (error) {
				if (!isKnown(error)) throw error;
				const said = `${file}: ${error.message}`;
				console.error(said);
				if (asked.json) console.log(JSON.stringify({ file, status: 'failed', error: said }));
				process.exitCode = 1;
			}
		}
	} finally {
		register.db.close();
	}
}

async function handInOne(
	register: Register,
	file: string,
	{ receivedAt, json, locale }: ImportArguments,
	by: Pick<Submission, 'unit' | 'profile' | 'sender'>
): Promise<void> {
	await access(file).catch(() => {
		throw new UnreadableFile('there is no such file, or it may not be read.');
	});
	const original = await storeOriginal(register.folder, createReadStream(file)).catch((error: unknown) => {
		throw (error as NodeJS.ErrnoException).code === 'EISDIR'
			? new UnreadableFile('this is a folder.')
			: error;
	});
	const [last] = await register.db.rows(
		z.object({ number: z.int() }),
		'select coalesce(max(number), 0) as number from submission'
	);
	const receipt = await receive(register, { ...by, original, fileName: basename(file), receivedAt });
	const before = receipt.number <= (last?.number ?? 0);
	if (json) {
		const refusals = receipt.refusals.map((r) => ({ ...r, text: refusalText(r, locale) }));
		console.log(JSON.stringify({ file, ...receipt, before, refusals }));
	} else console.log(receiptLines(receipt, file, before, locale).join('\n'));
	if (receipt.status === 'refused') process.exitCode = 1;
}

/** A file that cannot be handed in at all; the others can. */
class UnreadableFile extends Error {}

/** What is said in a sentence: no fault of the program. */
function isKnown(error: unknown): error is Error {
	const kinds = [UnreadableFile, OutOfOrder, DiskFull, DefinitionError];
	return isPlain(error) || kinds.some((kind) => error instanceof kind);
}

try {
	await handIn(readArguments(process.argv.slice(2), process.env, now()));
} catch (error) {
	if (error instanceof DefinitionError)
		console.error(`The definition of the register has faults:\n${error.message}`);
	else if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
	else if (isKnown(error)) console.error(error.message);
	else console.error(error);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
