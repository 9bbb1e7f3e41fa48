import { z } from 'zod';
import { condition } from './condition.ts';
import { text } from './text.ts';

/** A day in a limit: a date, or the birth's date or the day of receipt with a number of days. */
export const dayLimit = z.string().regex(/^(\d{4}-\d{2}-\d{2}|(birth|received)([+-]\d{1,4}d)?)$/, {
	error: 'a day is 1973-01-01, birth, received, birth-300d or received+1d'
});

const numberLimits = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, {
	error: 'the lower limit is above the upper one'
});
const dayLimits = z.tuple([dayLimit, dayLimit]);

const code = z.strictObject({
	code: z.string().min(1),
	label: text,
	from: z.int().optional().describe('First birth year in which the code may be used'),
	to: z.int().optional().describe('Last birth year in which the code may be used')
});

/** One entry of the codebook. */
export const variable = z
	.strictObject({
		id: z
			.string()
			.regex(/^[A-Z][A-Z0-9_]{0,30}$/)
			.describe('Name in the register and in files, e.g. BVIKT'),
		label: text,
		description: text.optional().describe('What is meant, where the label does not say it'),
		level: z.enum(['birth', 'delivery']).describe('Counted per child, or per mother and delivery'),
		type: z.enum(['integer', 'decimal', 'date', 'datetime', 'code', 'classification', 'text', 'identity']),
		unit: z.string().optional().describe('Unit of measurement, e.g. g'),
		codes: z.array(code).min(1).optional().describe('The permitted codes of a coded variable'),
		unknownCodes: z.array(z.string()).default([]).describe('Codes that mean: asked, not known'),
		unknownCounts: z.boolean().default(false).describe('Whether "unknown" counts as recorded'),
		hardLimits: z.union([numberLimits, dayLimits]).optional().describe('Outside these a value is invalid'),
		softLimits: z
			.union([numberLimits, dayLimits])
			.optional()
			.describe('Outside these a value is implausible'),
		pattern: z.string().optional().describe('Regular expression for a text or classification code'),
		positions: z.int().min(2).max(40).optional().describe('Repeated columns: MDIAG1, MDIAG2 … MDIAG12'),
		applicableWhen: condition.optional().describe('Births that the variable applies to; all, if absent'),
		completeness: z
			.enum(['value', 'tickbox', 'blankIsValue'])
			.default('value')
			.describe(
				'tickbox: blank means no or missing, so prevalence is watched; blankIsValue: blank is an answer'
			),
		group: z
			.string()
			.optional()
			.describe('Derived variable that holds the completeness of a set of tick boxes'),
		target: z.number().min(0).max(1).optional().describe('Share recorded that is asked for'),
		validFrom: z.int().optional().describe('First birth year in which the variable is asked'),
		validTo: z.int().optional().describe('Last birth year in which the variable is asked'),
		derived: z.string().optional().describe('DuckDB expression over earlier variables; not reported'),
		distribution: z
			.union([z.boolean(), z.literal('lastDigit')])
			.optional()
			.describe('Keep the distribution of a number, as of codes; or only of its last digit'),
		name: z
			.enum(['register', 'ours'])
			.default('register')
			.describe("Whether the id is the register's own name"),
		assumedShare: z.number().min(0).max(1).optional().describe('For demo data only: share recorded')
	})
	.superRefine((v, context) => {
		const wrong = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (v.type === 'code' && !v.codes) wrong('type', 'a coded variable needs its codes');
		if (v.type !== 'code' && v.codes) wrong('codes', 'only a coded variable has codes');
		const known = new Set(v.codes?.map((c) => c.code));
		for (const unknown of v.unknownCodes)
			if (!known.has(unknown)) wrong('unknownCodes', `code ${unknown} is not among the codes`);
		const days = v.type === 'date' || v.type === 'datetime';
		for (const limits of ['hardLimits', 'softLimits'] as const) {
			const found = v[limits];
			if (!found) continue;
			if (!days && v.type !== 'integer' && v.type !== 'decimal')
				wrong(limits, 'limits are for numbers and days');
			else if (days !== (typeof found[0] === 'string')) wrong(limits, `limits do not fit the type ${v.type}`);
		}
		if (v.pattern !== undefined && !['text', 'classification'].includes(v.type))
			wrong('pattern', 'a pattern is for text and classification codes');
		if (v.positions !== undefined && v.type !== 'classification')
			wrong('positions', 'only classification codes repeat');
		if (v.target !== undefined && v.completeness !== 'value')
			wrong('target', 'a variable whose blanks are answers has no target completeness');
	});

type Checked = z.infer<typeof variable>;

/** A codebook entry as the program uses it; `form` is that of the file it stands in. */
export type Variable = Readonly<Checked & { form: string }>;

/** Whether the variable comes in files (not derived). */
export const isReported = (v: Variable) => v.derived === undefined;

/** Whether the cubes keep a count per code or value. */
export const hasDistribution = (v: Variable) => Boolean(v.distribution ?? v.type === 'code');
