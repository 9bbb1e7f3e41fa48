import { z } from 'zod';
import { layoutOf } from '#lib/submission/layout.ts';
import type { Refusal } from '#lib/submission/issue.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { tidyWorkingTables } from '#lib/server/cube/working-tables.ts';
import type { Statements, Writer } from '#lib/server/db/database.ts';
import { batchOf, fits, isLarge, type ReadableFile, type Submission } from './batch.ts';
import { entering, refuse } from './ledger.ts';
import { lookAt } from './look.ts';
import { merge } from './merge.ts';
import type { Staged } from './merge-sql.ts';
import type { Register } from './open.ts';
import { openOriginal } from './original.ts';
import { plainFile } from './plain-file.ts';
import { earlierReceipts } from './receipts.ts';
import { clear, stage } from './stage.ts';

export type { Submission } from './batch.ts';

/** A submission dated before one that the unit has handed in already: its versions would be out of order. */
export class OutOfOrder extends Error {
	/** The day of the unit's latest submission. */
	readonly latest: string;
	constructor(unit: string, received: string, latest: string) {
		super(`The unit ${unit} has a submission of ${latest}; one of ${received} cannot come after it.`);
		this.latest = latest;
	}
}

/**
 * Receives a file: looks at it, reads it, merges its births and refreshes the cubes of the months it
 * touches, in one transaction with its row in the ledger. A file that cannot be read is refused with
 * its reasons and changes nothing. The same bytes from the same unit give the first receipt again.
 * Throws OutOfOrder.
 */
export async function receive(register: Register, submission: Submission): Promise<Receipt> {
	for await (const receipt of receiveAll(register, [submission])) return receipt;
	throw new Error('A submission has no receipt.');
}

/**
 * Receives files in their order, as `receive` does, and gives each one's receipt. Files of different units
 * that follow each other are merged in one transaction, and the next ones are read meanwhile, so that many
 * take a fraction of the time. When it throws, the files whose receipts were given are in the register, and
 * of the others none or some.
 */
export async function* receiveAll(
	register: Register,
	submissions: Iterable<Submission> | AsyncIterable<Submission>
): AsyncGenerator<Receipt> {
	let before: Promise<Receipt[]> = Promise.resolve([]);
	try {
		for await (const step of steps(register, submissions)) {
			const mine = step(before);
			mine.catch(() => undefined); // it is awaited in its turn, or not at all when an earlier one failed
			const earlier = before;
			before = mine;
			yield* await earlier;
		}
		yield* await before;
	} finally {
		await before.catch(() => undefined);
	}
}

/** A piece of work whose receipts come after those of the piece before it. */
type Step = (before: Promise<unknown>) => Promise<Receipt[]>;

/** What is to be done with the files, in their order; each file is looked at here. */
async function* steps(
	register: Register,
	submissions: Iterable<Submission> | AsyncIterable<Submission>
): AsyncGenerator<Step> {
	let files: ReadableFile[] = [];
	const gathered = (): Step => {
		const batch = files;
		files = [];
		return (before) => receiveBatch(register, batch, before);
	};
	try {
		for await (const submission of submissions) {
			const found = await examined(register, submission);
			if ('look' in found && fits(register.definition, files, found)) files.push(found);
			else {
				if (files.length) yield gathered();
				if ('look' in found) files.push(found);
				else yield found.step;
			}
		}
		if (files.length) yield gathered();
	} finally {
		await closeFiles(files);
	}
}

/** A file that can be read, or what is done with it instead. */
async function examined(register: Register, submission: Submission): Promise<ReadableFile | { step: Step }> {
	const { db, definition, folder } = register;
	const [first] = await firstReceipts(db, [submission]);
	if (first)
		return {
			step: async (before) => {
				await before;
				// it may have been committed a moment ago and not be on the ledger's file yet
				return entering(register, () => Promise.resolve([first]));
			}
		};
	const plain = await openOriginal(folder, submission.original);
	const look = await lookAt(plain, () => plainFile(folder));
	const layout = 'scan' in look ? layoutOf(look.scan.header, definition, submission.profile) : undefined;
	const refusals: Refusal[] = 'scan' in look ? (layout?.refusals ?? []) : look.refusals;
	if ('scan' in look && layout && refusals.length === 0) return { submission, look, layout };
	if ('readable' in look) await look.readable.close();
	return {
		step: async (before) => {
			await before;
			return [await entering(register, (writer) => refuse(writer, submission, refusals))];
		}
	};
}

async function receiveBatch(
	register: Register,
	files: readonly ReadableFile[],
	before: Promise<unknown>
): Promise<Receipt[]> {
	const { db, definition, key } = register;
	const batch = batchOf(definition, key, files);
	const room = isLarge(files) ? db.withRoom : <T>(work: () => Promise<T>) => work();
	try {
		return await room(() =>
			db.atDesk(async (desk) => {
				const staged = await stage(desk, batch);
				try {
					await before;
					return await entering(register, (writer) => mergeStaged(writer, { ...batch, staged }));
				} finally {
					await clear(desk, staged);
				}
			})
		);
	} finally {
		await closeFiles(files);
	}
}

/** Merges the files of a batch that have not been received since they were looked at; each has its receipt. */
async function mergeStaged(writer: Writer, batch: Staged): Promise<Receipt[]> {
	const submissions = batch.files.map(({ submission }) => submission);
	const receipts = await firstReceipts(writer, submissions);
	const places = [...submissions.keys()].filter((place) => !receipts[place]);
	if (places.length) {
		await checkOrder(
			writer,
			submissions.filter((_, place) => !receipts[place])
		);
		await tidyWorkingTables(writer, batch.definition);
		const merged = await writer.transaction(() => merge(writer, batch, places));
		for (const [index, place] of places.entries()) receipts[place] = merged[index];
	}
	return receipts.filter((receipt) => receipt !== undefined);
}

const firstReceipts = (db: Statements, submissions: readonly Submission[]) =>
	earlierReceipts(
		db,
		submissions.map(({ unit, original, profile }) => ({
			unit: unit.id,
			sha256: original.sha256,
			profile: profile?.id ?? null
		}))
	);

const closeFiles = (files: readonly ReadableFile[]) =>
	Promise.all(files.map(({ look }) => look.readable.close()));

const latestDay = z.object({ unit: z.string(), received: z.string() });

async function checkOrder(db: Statements, submissions: readonly Submission[]): Promise<void> {
	const latest = await db.rows(
		latestDay,
		`select unit, max(received) as received from submission
		where status = 'received' and unit in (${submissions.map(({ unit }) => literal(unit.id)).join(', ')}) group by unit`
	);
	for (const { unit, receivedAt } of submissions) {
		const before = latest.find((one) => one.unit === unit.id);
		const received = receivedAt.slice(0, 10);
		if (before && before.received > received) throw new OutOfOrder(unit.id, received, before.received);
	}
}
