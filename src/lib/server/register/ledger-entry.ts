import { z } from 'zod';
import { noteKinds, reasons, severities } from '#lib/measures/follow-up.ts';
import { receipt } from '#lib/submission/receipt.ts';
import { sender } from '#lib/submission/sender.ts';
import type { Statements } from '#lib/server/db/database.ts';

const entered = { entry: z.int().min(1) };

/** A submission, with all that it is received by; the figures follow from it and its original. */
const submission = z.object({
	...entered,
	of: z.literal('submission'),
	number: z.int(),
	unit: z.string(),
	receivedAt: z.string(),
	fileName: z.string(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	bytes: z.int(),
	profile: z.string().nullable(),
	sender,
	status: receipt.shape.status,
	refusals: receipt.shape.refusals
});

/** A note on a flag: it follows from nothing else. */
const note = z.object({
	...entered,
	of: z.literal('note'),
	unit: z.string(),
	flag: z.string(),
	number: z.int(),
	key: z.string(),
	at: z.string(),
	who: z.string().nullable(),
	kind: z.enum(noteKinds),
	reason: z.enum(reasons).nullable(),
	text: z.string(),
	until: z.string().nullable(),
	births: z.int().nullable(),
	severity: z.enum(severities).nullable()
});

/** What was entered into the ledger, numbered over submissions and notes together. */
export const ledgerEntry = z.discriminatedUnion('of', [submission, note]);
export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type SubmissionEntry = z.infer<typeof submission>;
export type NoteEntry = z.infer<typeof note>;

/** What stays of an entry when the register is made anew by another definition, which may refuse otherwise. */
export function lasting(entry: LedgerEntry): string {
	if (entry.of === 'note') return JSON.stringify(note.parse(entry));
	return JSON.stringify(submission.omit({ status: true, refusals: true }).parse(entry));
}

const parsed = z.string().transform((text): unknown => JSON.parse(text));
const submissionRow = submission.extend({
	sender: parsed.pipe(sender),
	refusals: parsed.pipe(receipt.shape.refusals)
});

/** The entries of a register after one, in their order. */
export async function entriesAfter(db: Statements, entry: number): Promise<LedgerEntry[]> {
	const submissions = await db.rows(
		submissionRow,
		`select entry, 'submission' as of, number, unit, strftime(received_at, '%Y-%m-%d %H:%M:%S') as "receivedAt",
			file_name as "fileName", sha256, bytes::double as bytes, profile, sender, status, refusals
		from submission where entry > $entry`,
		{ entry }
	);
	const notes = await db.rows(
		note,
		`select entry, 'note' as of, unit, flag, number, form_key as key,
			strftime(written_at, '%Y-%m-%d %H:%M:%S') as "at", who, kind, reason, text, until, births, severity
		from flag_note where entry > $entry`,
		{ entry }
	);
	return [...submissions, ...notes].sort((a, b) => a.entry - b.entry);
}

const numbers = z.object({ number: z.int(), entry: z.int() });

/** The number that the next submission gets, and that of the next entry. */
export async function nextNumbers(db: Statements): Promise<{ number: number; entry: number }> {
	const [next] = await db.rows(
		numbers,
		`select coalesce(max(number), 0) + 1 as number,
			greatest(coalesce(max(entry), 0), (select coalesce(max(entry), 0) from flag_note)) + 1 as entry
		from submission`
	);
	return next ?? { number: 1, entry: 1 };
}
