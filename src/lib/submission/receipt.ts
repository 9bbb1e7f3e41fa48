import { z } from 'zod';
import { refusalRules, type Refusal } from './issue.ts';

const refusal: z.ZodType<Refusal> = z.object({
	rule: z.enum(refusalRules),
	row: z.int().optional(),
	column: z.string().optional(),
	fields: z.int().optional(),
	count: z.int().optional(),
	limit: z.int().optional()
});

/** How a file was read: kept with the receipt, so that a reader sees what was understood. */
export const reading = z.object({
	encoding: z.string(),
	delimiter: z.string(),
	columns: z.array(z.string()).describe('The variables read'),
	ignored: z.array(z.string()).describe('Columns of the file that the register does not know')
});
export type ReadingNote = z.infer<typeof reading>;

const count = z.int().min(0);

/**
 * What the unit gets back. `rows = accepted + rejected`; of the accepted, `added` are new births,
 * `changed` supersede what was known, `unchanged` repeat it. A refused file changes nothing.
 */
export const receipt = z.object({
	number: count.describe('Its place in the ledger, from 1'),
	unit: z.string(),
	fileName: z.string(),
	sha256: z.string(),
	bytes: count,
	receivedAt: z.string().describe('Local time of receipt, YYYY-MM-DD HH:MM:SS'),
	profile: z.string().nullable(),
	status: z.enum(['received', 'refused']),
	rows: count,
	accepted: count,
	added: count,
	changed: count,
	unchanged: count,
	rejected: count,
	firstBirth: z.string().nullable(),
	lastBirth: z.string().nullable(),
	issues: z.record(z.string(), count).describe('How many issues by rule'),
	reading: reading.nullable(),
	refusals: z.array(refusal)
});
export type Receipt = z.infer<typeof receipt>;
