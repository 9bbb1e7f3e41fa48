import { z } from 'zod';
import type { Scope } from '#lib/access/scope.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { sender, type Sender } from '#lib/submission/sender.ts';
import type { Values } from '#lib/server/db/database.ts';
import type { Register } from '#lib/server/register/open.ts';
import { receiptFor } from '#lib/server/register/receipts.ts';
import { withinScope } from '#lib/server/register/scope-sql.ts';

/** One line of the list of submissions. */
const line = z.object({
	number: z.int(),
	unit: z.string(),
	fileName: z.string(),
	receivedAt: z.string(),
	status: z.enum(['received', 'refused']),
	rows: z.int(),
	accepted: z.int(),
	added: z.int(),
	changed: z.int(),
	rejected: z.int(),
	issues: z.int(),
	sentBy: z.string()
});
export type SubmissionLine = z.infer<typeof line>;

export type SubmissionQuestion = {
	unit?: string | undefined;
	status?: Receipt['status'] | undefined;
	limit: number;
	offset: number;
};

/** Submissions of the scope's units, newest first, and how many the question has in all. */
export async function submissionList(
	scope: Scope,
	{ db }: Register,
	{ unit, status, limit, offset }: SubmissionQuestion
): Promise<{ lines: SubmissionLine[]; total: number }> {
	const conditions = [withinScope(scope)];
	const values: Values = {};
	if (unit !== undefined) {
		conditions.push('unit = $unit');
		values.unit = unit;
	}
	if (status !== undefined) {
		conditions.push('status = $status');
		values.status = status;
	}
	const where = conditions.join(' and ');
	const [lines, [counted]] = await Promise.all([
		db.rows(
			line,
			`select number, unit, file_name as "fileName", strftime(received_at, '%Y-%m-%d %H:%M') as "receivedAt", status,
				row_count as rows, accepted, added, changed, rejected,
				coalesce((select count(*) from issue where issue.submission = shown.number), 0)::integer as issues,
				json_extract_string(sender, '$.name') as "sentBy"
			from (from submission where ${where} order by number desc limit $limit offset $offset) shown
			order by number desc`,
			{ ...values, limit, offset }
		),
		db.rows(z.object({ n: z.int() }), `select count(*)::integer as n from submission where ${where}`, values)
	]);
	return { lines, total: counted?.n ?? 0 };
}

/** A receipt with who handed the file in; undefined where there is none, or its unit is outside the scope. */
export async function submissionReceipt(
	scope: Scope,
	{ db }: Register,
	number: number
): Promise<{ receipt: Receipt; sender: Sender } | undefined> {
	const receipt = await receiptFor(scope, db, number);
	if (!receipt) return undefined;
	const [stated] = await db.rows(
		z.object({
			sender: z
				.string()
				.transform((text): unknown => JSON.parse(text))
				.pipe(sender)
		}),
		'select sender from submission where number = $number',
		{ number }
	);
	return stated && { receipt, sender: stated.sender };
}
