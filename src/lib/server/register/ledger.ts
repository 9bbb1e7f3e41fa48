import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import type { Refusal } from '#lib/submission/issue.ts';
import { receipt as receiptSchema } from '#lib/submission/receipt.ts';
import type { Writer } from '#lib/server/db/database.ts';
import type { Sender } from '#lib/submission/sender.ts';
import type { ReadableFile, Submission } from './batch.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { nextNumbers } from './ledger-entry.ts';
import type { Register } from './open.ts';
import { findReceipt } from './receipts.ts';

/** The numbers of a submission: its own, and that of its entry in the ledger. */
export type Numbers = { number: number; entry: number };

/**
 * Runs `work` as the one writer. What it has entered into the ledger is also in the file beside the register when
 * its result is given: only then may it be acknowledged.
 */
export function entering<T>(
	{ db, journal }: Pick<Register, 'db' | 'journal'>,
	work: (writer: Writer) => Promise<T>
): Promise<T> {
	return db.alone(async (writer) => {
		const result = await work(writer);
		await journal?.sync(writer);
		return result;
	});
}

/** What became of a file's rows. */
export type Outcome = {
	added: number;
	changed: number;
	unchanged: number;
	rejected: number;
	first_birth: string | null;
	last_birth: string | null;
};

const nothing: Outcome = {
	added: 0,
	changed: 0,
	unchanged: 0,
	rejected: 0,
	first_birth: null,
	last_birth: null
};

/** Enters a refused file into the ledger, with the reasons; nothing else changes. */
export function refuse(writer: Writer, submission: Submission, refusals: Refusal[]): Promise<Receipt> {
	return writer.transaction(async () => {
		const numbers = await nextNumbers(writer);
		const kept = receiptSchema.shape.refusals.parse(refusals.map(fitToKeep));
		await enter(writer, submission, numbers, nothing, { status: 'refused', refusals: kept, reading: null });
		const entered = await findReceipt(writer, numbers.number);
		if (!entered) throw new Error(`Submission ${numbers.number} is not in the ledger after its entry.`);
		return entered;
	});
}

/** Enters a file that was received into the ledger, with how it was read. */
export function enterReceived(
	writer: Writer,
	{ submission, look, layout }: ReadableFile,
	columns: readonly string[],
	numbers: Numbers,
	outcome: Outcome
): Promise<void> {
	const { encoding, delimiter } = look;
	const reading = { encoding, delimiter, columns, ignored: layout.ignored.map(shown) };
	return enter(writer, submission, numbers, outcome, { status: 'received', refusals: [], reading });
}

/** A name as the sender wrote it, fit to be kept: a column of a file without a header may be called by a person's number. */
const shown = (name: string) => withoutIdentityNumbers(name).slice(0, 200);
const fitToKeep = (refusal: Refusal): Refusal =>
	refusal.column === undefined ? refusal : { ...refusal, column: shown(refusal.column) };

/** A telephone number is left as it is: it may look like an identity number and be none. */
const withoutNumbers = (sender: Sender): Sender => ({
	...sender,
	unit: withoutIdentityNumbers(sender.unit),
	organisation: withoutIdentityNumbers(sender.organisation),
	address: withoutIdentityNumbers(sender.address),
	name: withoutIdentityNumbers(sender.name)
});

type Said = { status: Receipt['status']; refusals: readonly Refusal[]; reading: object | null };

async function enter(
	writer: Writer,
	{ original, fileName, unit, sender, profile, receivedAt }: Submission,
	{ number, entry }: Numbers,
	{ added, changed, unchanged, rejected, first_birth, last_birth }: Outcome,
	{ status, refusals, reading }: Said
): Promise<void> {
	const accepted = added + changed + unchanged;
	// Days go as text: a plan with a parameter under a cast to another type is made anew each time.
	await writer.again(
		`insert into submission values ($entry, $number, $unit, $receivedAt::varchar::timestamp, $receivedAt::varchar::timestamp::date,
			$fileName, $sha256, $bytes, $profile, $sender, $status, $rows, $accepted, $added, $changed, $unchanged, $rejected,
			$firstBirth::varchar::date, $lastBirth::varchar::date, $reading, $refusals)`,
		{
			entry,
			number,
			unit: unit.id,
			receivedAt,
			fileName: shown(fileName),
			sha256: original.sha256,
			bytes: original.bytes,
			profile: profile?.id ?? null,
			sender: JSON.stringify(withoutNumbers(sender)),
			status,
			rows: accepted + rejected,
			accepted,
			added,
			changed,
			unchanged,
			rejected,
			firstBirth: first_birth,
			lastBirth: last_birth,
			reading: JSON.stringify(reading),
			refusals: JSON.stringify(refusals)
		}
	);
}
