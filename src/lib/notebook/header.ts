import { z } from 'zod';
import { locales, text, type Locale } from '#lib/catalogue/text.ts';
import { fits, kindOf, resolved } from './argument.ts';
import { writtenWords } from './block.ts';
import { namePattern } from './table.ts';

/** What a parameter can be. A unit, region or variable whose default is nothing may also be all of them. */
export const parameterTypes = [
	'unit',
	'region',
	'variable',
	'period',
	'day',
	'text',
	'number',
	'boolean',
	'choice'
] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** A text that may stand alone where both languages say the same. */
const label = z.union(
	[
		z
			.string()
			.min(1)
			.transform((same) => ({ sv: same, en: same })),
		text
	],
	{
		error: 'a text, or { sv: …, en: … }'
	}
);

const choice = z.union(
	[
		z
			.union([z.string().min(1), z.number()])
			.transform((value) => ({ value: String(value), label: { sv: String(value), en: String(value) } })),
		z
			.strictObject({ value: z.union([z.string().min(1), z.number()]).transform(String), ...text.shape })
			.transform(({ value, ...words }) => ({ value, label: words }))
	],
	{ error: 'a choice is a text, or { value: …, sv: …, en: … }' }
);

/** A default is a text; what YAML takes for a number or a truth is the text of it. */
const written = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)], {
	error: 'a default is a text'
});

const parameter = z
	.strictObject({
		type: z.enum(parameterTypes),
		label,
		choices: z.array(choice).min(1).optional().describe('What may be chosen, for the type choice'),
		default: written.optional().describe('Without one the parameter has to be given')
	})
	.superRefine((declared, context) => {
		const { type, choices, default: usual } = declared;
		if ((type === 'choice') !== (choices !== undefined))
			context.addIssue({
				code: 'custom',
				path: choices ? ['choices'] : [],
				message: choices ? 'choices belong to the type choice' : 'a choice needs its choices: [a, b]'
			});
		else if (usual !== undefined && !fits(declared, usual) && resolved(type, usual, '2000-01-01') === usual)
			context.addIssue({
				code: 'custom',
				path: ['default'],
				message: `the default “${usual}” is not ${kindOf(declared)}`
			});
	});

export type Parameter = z.infer<typeof parameter>;

/** What an address says besides the parameters. */
const reserved = ['version', 'draft'];

/** Whose tables a notebook asks: those of a report about a unit, clinic or the nation, or the register's snapshot. */
export const sources = ['unit', 'clinic', 'nation', 'register'] as const;

export const writtenHeader = z.strictObject({
	title: writtenWords.describe("What stands largest; with values, such as the unit's name"),
	overline: writtenWords.optional().describe('A line over the title: which report this is'),
	subtitle: writtenWords.optional().describe('A line under it: of what, as of when'),
	footer: writtenWords.optional().describe('What the foot of each page on paper repeats'),
	authors: z
		.union(
			[
				z
					.string()
					.min(1)
					.transform((one) => [one]),
				z.array(z.string().min(1))
			],
			{
				error: 'authors are a list of names'
			}
		)
		.default([]),
	audience: z
		.enum(['unit', 'region', 'statistician', 'administrator', 'public'])
		.default('statistician')
		.describe('For whom it is'),
	language: z
		.enum(locales)
		.optional()
		.describe('The only language of a notebook that is not written in both'),
	source: z.enum(sources).default('register').describe('Whose tables the notebook asks'),
	parameters: z
		.record(z.string().regex(namePattern), parameter)
		.superRefine((declared, context) => {
			for (const name of reserved.filter((each) => Object.hasOwn(declared, each)))
				context.addIssue({
					code: 'custom',
					path: [name],
					message: `${name} cannot be a parameter: in a notebook's address the word has a meaning of its own`
				});
		})
		.default({}),
	definitions: z
		.array(z.strictObject({ term: label, meaning: label }))
		.default([])
		.describe('Words that the report uses, explained in the workbook')
});

export type Header = z.infer<typeof writtenHeader>;

/** The language in which a notebook is shown to a reader: its only one, or the reader's. */
export const languageOf = (header: Header, asked: Locale): Locale => header.language ?? asked;
