import { z } from 'zod';
import { text } from './text.ts';

const column = z.union([
	z.string(),
	z.strictObject({
		variable: z.string(),
		codes: z.record(z.string(), z.string()).optional().describe('Their code → ours'),
		dateForm: z.string().optional().describe('As strptime writes it, e.g. %d%m%Y')
	})
]);

/** profiles/*.yaml: how one journal system's (or one foreign register's) file becomes ours. */
export const profile = z.strictObject({
	id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
	label: text,
	columns: z.record(z.string(), column).describe('Their column → our variable'),
	ignored: z.array(z.string()).default([]).describe('Columns that are known and not read'),
	constants: z.record(z.string(), z.string()).default({}).describe('Variables that every row has'),
	rowKey: z
		.strictObject({
			columns: z.union([z.literal('all'), z.array(z.string()).min(1)]),
			occurrence: z
				.boolean()
				.default(false)
				.describe('Equal rows are told apart by their number: the second of two equal rows is its own birth')
		})
		.optional()
		.describe("Their columns that tell births apart; the register's own ways, if absent")
});
export type Profile = Readonly<z.infer<typeof profile>>;
