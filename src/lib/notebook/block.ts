import { z } from 'zod';
import { text, type Locale } from '#lib/catalogue/text.ts';
import { nearest } from './fault.ts';
import type { Inline } from './inline.ts';
import type { CardSpec, ChartSpec, PlacedPlot, TableSpec, Total } from './spec.ts';
import { namePattern } from './table.ts';

/** What a block asks for by name: a table, or the value in a column of it. */
export type Asked = { table: string; column?: string };

/** The signs with which a condition compares a value. */
export const comparisons = ['=', '!=', '<=', '>=', '<', '>'] as const;
export type Comparison = (typeof comparisons)[number];

/**
 * What has to be so: there are rows, or the value is true, not 0 and not nothing, or it compares so with a number or
 * text; or just not. `line` is where it is written.
 */
export type Condition = {
	asked: Asked;
	negated: boolean;
	compared?: { sign: Comparison; with: string | number };
	line?: number;
};

/** A text in the languages of the notebook, as running text: the first one whose condition holds. */
export type Words = readonly (Readonly<Record<Locale, Inline[]>> & { when?: Condition })[];

/** What a section is for: larger text, smaller text, kept on one page, begun on a new page of paper. */
export const roles = ['lead', 'note', 'keep', 'page'] as const;
export type Role = (typeof roles)[number];

/** To which side a column of a table in the text is set; null where nothing is said. */
export type Align = 'left' | 'center' | 'right' | null;

/** A block of a notebook as it is written, with the line on which it begins. */
export type SourceBlock = { line: number } & (
	| { kind: 'heading'; level: 1 | 2 | 3; text: Inline[] }
	| { kind: 'paragraph'; text: Inline[] }
	| { kind: 'list'; ordered: boolean; items: SourceBlock[][] }
	| { kind: 'quote'; blocks: SourceBlock[] }
	| { kind: 'code'; text: string }
	| { kind: 'rule' }
	| { kind: 'grid'; head: Inline[][]; align: Align[]; rows: Inline[][][] }
	| { kind: 'footnote'; name: string; text: Inline[] }
	| { kind: 'sql'; name: string; sql: string }
	| { kind: 'chart'; spec: ChartSpec }
	| { kind: 'plot'; spec: PlacedPlot }
	| { kind: 'inputs'; names: string[] | null }
	| { kind: 'include'; name: string }
	/** What an include was replaced by: the blocks of another notebook, with the lines of that one's file. */
	| { kind: 'included'; name: string; blocks: SourceBlock[] }
	| { kind: 'table'; spec: TableSpec }
	| { kind: 'cards'; cards: CardSpec[] }
	| { kind: 'section'; role: Role; blocks: SourceBlock[] }
	| { kind: 'language'; locale: Locale; blocks: SourceBlock[] }
	| { kind: 'condition'; when: Condition; blocks: SourceBlock[] }
	| { kind: 'each'; table: string; blocks: SourceBlock[] }
	/** What could not be read, in its place. */
	| { kind: 'fault'; message: string }
);

const alternative = z.strictObject({ if: z.string().optional(), ...text.shape });

/** A text in both languages, one that is the same in both, or several of which the first whose `if` holds is taken. */
export const writtenWords = z.union([z.string().min(1), text, z.array(alternative).min(1)], {
	error: 'a text, { sv: …, en: … }, or a list of { if: table.column, sv: …, en: … }'
});
export type WrittenWords = z.infer<typeof writtenWords>;

export const pictures = ['text', 'sparkline', 'strip', 'bar', 'heat'] as const;
/** How a column's values are shown: as text alone, as a picture, or as text with one. */
export type Picture = (typeof pictures)[number];

/** What a column comes to, of the values that there are. */
export const totalKinds = ['sum', 'mean', 'least', 'greatest', 'count'] as const;

/** A name of a table or column. */
export const name = z
	.string()
	.regex(namePattern, { error: 'a name has small letters, digits and low lines' });

/** Inside a loop: the columns in which a row has to be equal to the loop's. */
export const match = z
	.union([name.transform((one) => [one]), z.array(name).min(1)], { error: 'a column, or a list of columns' })
	.optional()
	.describe("Inside a loop: only rows that are equal to the loop's in these columns");

type WrittenTotal = Exclude<Total, { words: unknown }> | { words: WrittenWords };

/** “sum”, “n_recorded / n_applicable”, or a text. */
const writtenTotal = z.union([z.string(), text]).transform((written, context): WrittenTotal => {
	if (typeof written !== 'string') return { words: written };
	const kind = totalKinds.find((each) => each === written);
	if (kind) return { kind };
	const [, numerator, denominator] = /^([a-z][a-z0-9_]*)\s*\/\s*([a-z][a-z0-9_]*)$/.exec(written) ?? [];
	if (numerator && denominator) return { of: [numerator, denominator] };
	context.addIssue({
		code: 'custom',
		message: `“${written}” is no total${nearest(written, totalKinds)}; there are ${totalKinds.join(', ')}, “a / b” for the sum of one column over that of another, and a text { sv: …, en: … }`
	});
	return z.NEVER;
});

/** What a chart is set to: texts may hold values; one that is nothing but a value is that value itself. */
export type WrittenSetting =
	string | number | boolean | null | WrittenSetting[] | { [key: string]: WrittenSetting };
const setting: z.ZodType<WrittenSetting> = z.lazy(() =>
	z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(setting), z.record(z.string(), setting)])
);

export const writtenChart = z.strictObject({
	kind: z.string().describe('Which chart: volume-band, completeness-trend …'),
	from: name.describe('The table that it draws'),
	title: writtenWords.describe('What the chart shows, as a sentence'),
	alt: writtenWords.describe('What a screen reader says instead of the picture'),
	note: writtenWords.optional(),
	sheet: writtenWords
		.optional()
		.describe('The name of the sheet of its numbers, where the title is too long'),
	match,
	height: z.number().min(0.1).max(2).optional().describe('Its height, as a part of its width'),
	set: z.record(z.string(), setting).default({}).describe('The options of this kind of chart')
});

export const writtenTable = z.strictObject({
	from: name.describe('The table that it shows'),
	title: writtenWords,
	intro: writtenWords.optional().describe('What stands before the title and stays with it'),
	note: writtenWords.optional(),
	empty: writtenWords.optional().describe('What stands there when the table has no rows'),
	columns: z
		.array(
			z.strictObject({
				column: name,
				label: writtenWords,
				definition: writtenWords.optional().describe('What the column means, for the workbook'),
				format: z.string().default('text').describe('A format, as in a value: share, or share 0'),
				as: z.enum(pictures).default('text'),
				own: name.optional().describe('strip: the column with the own share'),
				from_zero: name.optional().describe('sparkline: the column that says whether it begins at 0'),
				domain: z
					.tuple([z.number(), z.number()])
					.optional()
					.describe('bar: from where to where; heat: the palest and the darkest'),
				total: writtenTotal.optional().describe('What stands in the last row'),
				width: z
					.number()
					.positive()
					.optional()
					.describe('Its part of the width that is left; without one it is as wide as what it holds')
			})
		)
		.min(1),
	sort: z
		.array(
			z.string().regex(/^-?[a-z][a-z0-9_]*$/, { error: 'a column, with - before it for the greatest first' })
		)
		.default([])
		.describe('Columns by which the rows are ordered, each with - before it for the greatest first'),
	mark: name.optional().describe('The column that says which rows to look at'),
	dense: z.boolean().default(false).describe('Set smaller, for many rows'),
	rows: z.int().min(1).max(1000).optional().describe('How many rows stand on a page of the screen'),
	match,
	sheet: writtenWords
		.optional()
		.describe('The name of its sheet in the workbook, where the title is too long for one')
});

export const writtenCards = z
	.array(
		z.strictObject({
			label: writtenWords,
			value: writtenWords,
			note: writtenWords.optional(),
			mark: z.string().optional().describe('The condition under which to look here, as of a section')
		})
	)
	.min(1)
	.max(4);
