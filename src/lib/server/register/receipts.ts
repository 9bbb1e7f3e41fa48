import { z } from 'zod';
import { receipt, type Receipt } from '#lib/submission/receipt.ts';
import type { Issue } from '#lib/submission/issue.ts';
import type { Statements, Values } from '#lib/server/db/database.ts';

const columns = `number, unit, file_name as "fileName", sha256, bytes::double as bytes,
	strftime(received_at, '%Y-%m-%d %H:%M:%S') as "receivedAt", profile, status,
	row_count as rows, accepted, added, changed, unchanged, rejected,
	first_birth as "firstBirth", last_birth as "lastBirth", reading, refusals`;

const parsed = z.string().transform((text): unknown => JSON.parse(text));
const row = receipt.omit({ issues: true }).extend({
	reading: parsed.pipe(receipt.shape.reading),
	refusals: parsed.pipe(receipt.shape.refusals)
});

const counted = z.object({ submission: z.int(), rule: z.string(), n: z.int() });

/** The receipts of the ledger's rows that `rest` chooses, with how many issues they have by rule. */
async function receiptsOf(db: Statements, rest: string, values: Values): Promise<Receipt[]> {
	const found = await db.rows(row, `select ${columns} from submission ${rest}`, values);
	if (found.length === 0) return [];
	const issues = await db.rows(
		counted,
		`select submission, rule, count(*)::integer as n from issue
		where submission in (${found.map((r) => r.number).join(', ')}) group by all order by rule`
	);
	return found.map((r) => ({
		...r,
		issues: Object.fromEntries(issues.filter((i) => i.submission === r.number).map((i) => [i.rule, i.n]))
	}));
}

/** The receipt with this number; undefined if there is none. */
export async function findReceipt(db: Statements, number: number): Promise<Receipt | undefined> {
	const [found] = await receiptsOf(db, 'where number = $number', { number });
	return found;
}

/** By what a file is known again: its unit, its bytes, and the profile that it was read by. */
export type SameFile = { unit: string; sha256: string; profile: string | null };

const known = z.object({
	number: z.int(),
	unit: z.string(),
	sha256: z.string(),
	profile: z.string().nullable()
});

/** For each file the receipt of when it was received before, if it was. */
export async function earlierReceipts(
	db: Statements,
	files: readonly SameFile[]
): Promise<(Receipt | undefined)[]> {
	const same = await db.rows(
		known,
		`select number, unit, sha256, profile from submission
		where status = 'received' and list_contains(string_split($hashes, ' '), sha256) order by number`,
		{ hashes: files.map(({ sha256 }) => sha256).join(' ') }
	);
	return Promise.all(
		files.map(async ({ unit, sha256, profile }) => {
			const first = same.find((s) => s.unit === unit && s.sha256 === sha256 && s.profile === profile);
			return first && (await findReceipt(db, first.number));
		})
	);
}

/** The receipts from a number on, in the order of the ledger. */
export const receiptsFrom = (db: Statements, number: number): Promise<Receipt[]> =>
	receiptsOf(db, 'where number >= $number order by number', { number });

/** The next receipts after a number, in the order of the ledger. */
export function listLedger(
	db: Statements,
	{ after, limit }: { after: number; limit: number }
): Promise<Receipt[]> {
	return receiptsOf(db, 'where number > $after order by number limit $limit', { after, limit });
}

/** Receipts, newest first, of one unit or of all. */
export function listReceipts(
	db: Statements,
	{ unit, limit, offset = 0 }: { unit?: string; limit: number; offset?: number }
): Promise<Receipt[]> {
	return receiptsOf(
		db,
		'where $unit is null or unit = $unit order by number desc limit $limit offset $offset',
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
