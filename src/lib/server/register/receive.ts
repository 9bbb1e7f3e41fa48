import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import type { Refusal } from '#lib/submission/issue.ts';
import { layoutOf } from '#lib/submission/layout.ts';
import { receipt as receiptSchema, type Receipt } from '#lib/submission/receipt.ts';
import type { Sender } from '#lib/submission/sender.ts';
import { mostEmptiedRows, tidyWorkingTables } from '#lib/server/cube/working-tables.ts';
import { refreshCubes } from '#lib/server/cube/refresh.ts';
import type { Statements, Writer } from '#lib/server/db/database.ts';
import { lookAt } from './look.ts';
import {
	addSql,
	changeSql,
	issueSql,
	judgeSql,
	supersedeSql,
	touchedSql,
	unchangedSql
} from './merge-sql.ts';
import type { Register } from './open.ts';
import type { Original } from './original.ts';
import { presentVariables, type Reading } from './read-sql.ts';
import { clear, stage } from './stage.ts';
import { earlierReceipt, findReceipt } from './receipts.ts';

/** One file handed in: its stored original, and what is said about it. */
export type Submission = {
	original: Original;
	fileName: string;
	unit: Unit;
	sender: Sender;
	profile?: Profile | undefined;
	/** Local time, YYYY-MM-DD HH:MM:SS. */
	receivedAt: string;
};

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
 */
export async function receive(register: Register, submission: Submission): Promise<Receipt> {
	const { db, definition, key, folder } = register;
	const { original, unit, profile, receivedAt } = submission;
	const copy = join(folder, 'originals', `reading-${randomUUID()}`);
	const received = receivedAt.slice(0, 10);
	const before = (statements: Statements) =>
		earlierReceipt(statements, unit.id, original.sha256, profile?.id ?? null);
	try {
		const first = await before(db);
		if (first) return first;
		const look = await lookAt(original.path, copy);
		const layout = 'scan' in look ? layoutOf(look.scan.header, definition, profile) : undefined;
		const refusals = 'scan' in look ? (layout?.refusals ?? []) : look.refusals;
		if (!('scan' in look) || !layout || refusals.length)
			return await db.alone((writer) => refuse(writer, submission, refusals));
		const file = { definition, look, layout, profile, received, key, activePeriods: unit.active };
		return await db.atDesk(async (desk) => {
			const reading = await stage(desk, file, original.bytes);
			return db
				.alone(async (writer) => {
					const earlier = await before(writer); // handed in a second time while the first was being read
					if (earlier) return earlier;
					await checkOrder(writer, unit.id, received);
					await tidyWorkingTables(writer, definition);
					return writer.transaction(() => merge(writer, submission, reading));
				})
				.finally(() => clear(desk, reading));
		});
	} finally {
		await rm(copy, { force: true });
	}
}

const numbered = z.object({ number: z.int() });

async function nextNumber(writer: Writer): Promise<number> {
	const [next] = await writer.rows(numbered, 'select coalesce(max(number), 0) + 1 as number from submission');
	return next?.number ?? 1;
}

async function checkOrder(writer: Writer, unit: string, received: string): Promise<void> {
	const [latest] = await writer.rows(
		z.object({ received: z.string().nullable() }),
		`select max(received) as received from submission where unit = $unit and status = 'received'`,
		{ unit }
	);
	if (latest?.received && latest.received > received) throw new OutOfOrder(unit, received, latest.received);
}

const outcomes = z.object({
	added: z.int(),
	changed: z.int(),
	unchanged: z.int(),
	rejected: z.int(),
	first_birth: z.string().nullable(),
	last_birth: z.string().nullable()
});

async function merge(writer: Writer, submission: Submission, reading: Reading): Promise<Receipt> {
	const unit = submission.unit.id;
	const day = reading.received;
	const number = await nextNumber(writer);
	for (const table of ['judged', 'unchanged', 'touched']) await writer.again(`delete from ${table}`);
	await writer.run(judgeSql(reading), { unit });
	const [met] = await writer.rows(
		z.object({ n: z.int() }),
		'select count(version)::integer as n from judged where rule is null'
	);
	if (met?.n) await writer.run(unchangedSql(reading), { unit });
	const [n] = await writer.rows(
		outcomes,
		`select count(*) filter (rule is null and version is null)::integer as added,
			(count(*) filter (rule is null and version is not null) - (select count(*) from unchanged))::integer as changed,
			(select count(*)::integer from unchanged) as unchanged,
			count(*) filter (rule is not null)::integer as rejected,
			min(birth_date) filter (rule is null) as first_birth, max(birth_date) filter (rule is null) as last_birth
		from judged`
	);
	if (!n) throw new Error('A count has no row.');
	const accepted = n.added + n.changed + n.unchanged;
	const rows = reading.look.scan.rows;
	if (accepted + n.rejected !== rows)
		throw new Error(`${rows} rows were handed in, ${accepted} accepted and ${n.rejected} rejected.`);

	if (n.changed) {
		await writer.run(changeSql(reading), { unit, number, day });
		await writer.run(supersedeSql, { unit, number, day });
	}
	const many = rows > mostEmptiedRows;
	if (n.added) await (many ? writer.run : writer.again)(addSql(reading), { unit, number, day });
	await writer.again(issueSql(reading), { number });
	if (n.added || n.changed) {
		await writer.again(touchedSql);
		await refreshCubes(writer, reading.definition, { unit, day, many });
	}
	return enter(writer, submission, number, {
		status: 'received',
		rows,
		accepted,
		added: n.added,
		changed: n.changed,
		unchanged: n.unchanged,
		rejected: n.rejected,
		firstBirth: n.first_birth,
		lastBirth: n.last_birth,
		reading: JSON.stringify({
			encoding: reading.look.encoding,
			delimiter: reading.look.delimiter,
			columns: presentVariables(reading).map((v) => v.id),
			ignored: reading.layout.ignored.map(shown)
		}),
		refusals: '[]'
	});
}

/** Enters a refused file into the ledger, with the reasons; nothing else changes. */
export function refuse(writer: Writer, submission: Submission, refusals: Refusal[]): Promise<Receipt> {
	return writer.transaction(async () =>
		enter(writer, submission, await nextNumber(writer), {
			status: 'refused',
			rows: 0,
			accepted: 0,
			added: 0,
			changed: 0,
			unchanged: 0,
			rejected: 0,
			firstBirth: null,
			lastBirth: null,
			reading: 'null',
			refusals: JSON.stringify(receiptSchema.shape.refusals.parse(refusals.map(fitToKeep)))
		})
	);
}

/** A name as the sender wrote it, fit to be kept: a column of a file without a header may be called by a person's number. */
const shown = (name: string) => withoutIdentityNumbers(name).slice(0, 200);
const fitToKeep = (refusal: Refusal): Refusal =>
	refusal.column === undefined ? refusal : { ...refusal, column: shown(refusal.column) };

/** Enters a submission into the ledger and reads its receipt back. */
async function enter(
	writer: Writer,
	{ original, fileName, unit, sender, profile, receivedAt }: Submission,
	number: number,
	outcome: Record<string, string | number | null>
): Promise<Receipt> {
	await writer.run(
		`insert into submission values ($number, $unit, $receivedAt::timestamp, $receivedAt::date, $fileName, $sha256,
			$bytes, $profile, $sender, $status, $rows, $accepted, $added, $changed, $unchanged, $rejected,
			$firstBirth::date, $lastBirth::date, $reading, $refusals)`,
		{
			number,
			unit: unit.id,
			receivedAt,
			fileName: shown(fileName),
			sha256: original.sha256,
			bytes: original.bytes,
			profile: profile?.id ?? null,
			sender: JSON.stringify(sender),
			...outcome
		}
	);
	const entered = await findReceipt(writer, number);
	if (!entered) throw new Error(`Submission ${number} is not in the ledger after its entry.`);
	return entered;
}
