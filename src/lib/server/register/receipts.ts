import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { receipt, type Receipt } from '#lib/submission/receipt.ts';
import type { Issue } from '#lib/submission/issue.ts';
import type { Statements, Values } from '#lib/server/db/database.ts';
import { withinScope } from './scope-sql.ts';

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

/** The receipt with this number; undefined if there is none, or its unit is outside the scope. */
export async function receiptFor(scope: Scope, db: Statements, number: number): Promise<Receipt | undefined> {
	const found = await findReceipt(db, number);
	return found && maySee(scope, found.unit) ? found : undefined;
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

/** The receipt of when a file of a unit of the scope was received before, if it was. */
export async function earlierReceiptFor(
	scope: Scope,
	db: Statements,
	file: SameFile
): Promise<Receipt | undefined> {
	if (!maySee(scope, file.unit)) return undefined;
	const [earlier] = await earlierReceipts(db, [file]);
	return earlier;
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

const issue: z.ZodType<Issue> = z.object({
	row: z.int(),
	variable: z.string().nullable(),
	rule: z.custom<Issue['rule']>((rule) => typeof rule === 'string'),
	value: z.string().nullable()
});

/** The issues of a submission of the scope in the order of its rows. */
export function listIssues(
	scope: Scope,
	db: Statements,
	{ number, limit, offset = 0, rule }: { number: number; limit: number; offset?: number; rule?: string }
): Promise<Issue[]> {
	return db.rows(
		issue,
		`select row, variable, rule, value from issue
		where submission in (select number from submission where number = $number and ${withinScope(scope)})
			and ($rule is null or rule = $rule)
		order by row, variable limit $limit offset $offset`,
		{ number, limit, offset, rule: rule ?? null }
	);
}

/** So many rows of a file are looked through at a time when all its issues are written out. */
const rowsAtATime = 20_000;

/**
 * All issues of a submission in the order of its rows, a stretch of rows at a time. Undefined where there is no such
 * submission, or its unit is outside the scope.
 */
export async function everyIssue(
	scope: Scope,
	db: Statements,
	number: number
): Promise<AsyncGenerator<Issue[]> | undefined> {
	const found = await receiptFor(scope, db, number);
	return found && stretches(db, found);
}

async function* stretches(db: Statements, { number, rows }: Receipt): AsyncGenerator<Issue[]> {
	for (let from = 1; from <= rows + 1; from += rowsAtATime)
		yield await db.rows(
			issue,
			`select row, variable, rule, value from issue
			where submission = $number and row >= $from and row < $end order by row, variable`,
			{ number, from, end: from + rowsAtATime }
		);
}
