import { z } from 'zod';
import { text, type Locale } from '#lib/catalogue/text.ts';
import type { Inline } from './inline.ts';
import { namePattern } from './table.ts';

/** What a block asks for by name: a table, or the value in a column of it. */
export type Asked = { table: string; column?: string };

/** What has to be so: there are rows, or the value is true, not 0 and not nothing; or just not. */
export type Condition = { asked: Asked; negated: boolean };

/** A text in the languages of the notebook, as running text: the first one whose condition holds. */
export type Words = readonly (Readonly<Record<Locale, Inline[]>> & { when?: Condition })[];

/** What a section is for: larger text, smaller text, kept on one page, begun on a new page of paper. */
export const roles = ['lead', 'note', 'keep', 'page'] as const;
export type Role = (typeof roles)[number];

/** A block of a notebook as it is written, with the line on which it begins. */
export type SourceBlock = { line: number } & (
	| { kind: 'heading'; level: 1 | 2 | 3; text: Inline[] }
	| { kind: 'paragraph'; text: Inline[] }
	| { kind: 'list'; ordered: boolean; items: SourceBlock[][] }
	| { kind: 'sql'; name: string; sql: string }
	| { kind: 'chart'; spec: ChartSpec }
	| { kind: 'table'; spec: TableSpec }
	| { kind: 'cards'; cards: CardSpec[] }
	| { kind: 'section'; role: Role; blocks: SourceBlock[] }
	| { kind: 'language'; locale: Locale; blocks: SourceBlock[] }
	| { kind: 'condition'; when: Condition; blocks: SourceBlock[] }
	| { kind: 'each'; table: string; blocks: SourceBlock[] }
);

const name = z.string().regex(namePattern, { error: 'a name has small letters, digits and low lines' });

const alternative = z.strictObject({ if: z.string().optional(), ...text.shape });

/** A text in both languages, one that is the same in both, or several of which the first whose `if` holds is taken. */
export const writtenWords = z.union([z.string().min(1), text, z.array(alternative).min(1)], {
	error: 'a text, { sv: …, en: … }, or a list of { if: table.column, sv: …, en: … }'
});
export type WrittenWords = z.infer<typeof writtenWords>;

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
				as: z.enum(['text', 'sparkline', 'strip']).default('text'),
				own: name.optional().describe('strip: the column with the own share'),
				from_zero: name.optional().describe('sparkline: the column that says whether it begins at 0'),
				width: z
					.number()
					.positive()
					.optional()
					.describe('Its part of the width that is left; without one it is as wide as what it holds')
			})
		)
		.min(1),
	sort: z
		.array(z.string().regex(/^-?[a-z][a-z0-9_]*$/))
		.default([])
		.describe('Columns by which the rows are ordered, each with - before it for the greatest first'),
	mark: name.optional().describe('The column that says which rows to look at'),
	dense: z.boolean().default(false).describe('Set smaller, for many rows'),
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

/** A setting with its texts read. */
export type Setting =
	number | boolean | null | Words | { list: Setting[] } | { settings: Record<string, Setting> };

export type ChartSpec = {
	kind: string;
	from: string;
	title: Words;
	alt: Words;
	note?: Words;
	sheet?: Words;
	height?: number;
	set: Record<string, Setting>;
};

export type ColumnSpec = {
	column: string;
	label: Words;
	definition?: Words;
	format: string;
	argument: string;
	as: 'text' | 'sparkline' | 'strip';
	own?: string;
	fromZero?: string;
	width?: number;
};

export type TableSpec = {
	from: string;
	title: Words;
	intro?: Words;
	note?: Words;
	empty?: Words;
	columns: ColumnSpec[];
	sort: { column: string; descending: boolean }[];
	mark?: string;
	dense: boolean;
	sheet?: Words;
};

export type CardSpec = { label: Words; value: Words; note?: Words; mark?: Condition };
