import { z } from 'zod';
import { receipt, type Receipt } from '#lib/submission/receipt.ts';
import type { Issue } from '#lib/submission/issue.ts';
import type { Statements } from '#lib/server/db/database.ts';

const columns = `number, unit, file_name as "fileName", sha256, bytes::integer as bytes,
	strftime(received_at, '%Y-%m-%d %H:%M:%S') as "receivedAt", profile, status,
	row_count as rows, accepted, added, changed, unchanged, rejected,
	first_birth as "firstBirth", last_birth as "lastBirth", reading, refusals,
	coalesce((select to_json(map_from_entries(list((rule, n)))) from
		(select rule, count(*)::integer as n from issue i where i.submission = s.number group by rule order by rule)), '{}')::varchar as issues`;

const parsed = z.string().transform((text): unknown => JSON.parse(text));
const row = receipt.extend({
	issues: parsed.pipe(receipt.shape.issues),
	reading: parsed.pipe(receipt.shape.reading),
	refusals: parsed.pipe(receipt.shape.refusals)
});

/** The receipt with this number; undefined if there is none. */
export async function findReceipt(db: Statements, number: number): Promise<Receipt | undefined> {
	const [found] = await db.rows(row, `select ${columns} from submission s where number = $number`, {
		number
	});
	return found;
}

/** The receipt of the same bytes from the same unit read by the same profile, if they were received before. */
export async function earlierReceipt(
	db: Statements,
	unit: string,
	sha256: string,
	profile: string | null
): Promise<Receipt | undefined> {
	const [found] = await db.rows(
		row,
		`select ${columns} from submission s
		where unit = $unit and sha256 = $sha256 and profile is not distinct from $profile and status = 'received'
		order by number limit 1`,
		{ unit, sha256, profile }
	);
	return found;
}

/** Receipts, newest first, of one unit or of all. */
export function listReceipts(
	db: Statements,
	{ unit, limit, offset = 0 }: { unit?: string; limit: number; offset?: number }
): Promise<Receipt[]> {
	return db.rows(
		row,
		`select ${columns} from submission s where $unit is null or unit = $unit
		order by number desc limit $limit offset $offset`,
		{ unit: unit ?? null, limit, offset }
	);
}

const issue: z.ZodType<Issue> = z.object({
	row: z.int(),
	variable: z.string().nullable(),
	rule: z.custom<Issue['rule']>((rule) => typeof rule === 'string'),
	value: z.string().nullable()
});

/** The issues of a submission in the order of its rows. */
export function listIssues(
	db: Statements,
	{ number, limit, offset = 0, rule }: { number: number; limit: number; offset?: number; rule?: string }
): Promise<Issue[]> {
	return db.rows(
		issue,
		`select row, variable, rule, value from issue
		where submission = $number and ($rule is null or rule = $rule)
		order by row, variable limit $limit offset $offset`,
		{ number, limit, offset, rule: rule ?? null }
	);
}
