import { z } from 'zod';
import { text } from '#lib/catalogue/text.ts';
import { DefinitionError, readYaml } from '#lib/catalogue/source.ts';
import { isDay } from '#lib/period/day.ts';
import { parsePeriod } from '#lib/period/period.ts';
import { writtenWords } from './block.ts';
import { nearest, type Fault } from './fault.ts';
import { namePattern } from './table.ts';

const parameter = z
	.strictObject({
		type: z.enum(['unit', 'period', 'day', 'text', 'number', 'boolean', 'choice']),
		label: text,
		choices: z.array(z.string().min(1)).min(1).optional().describe('What may be chosen, for the type choice'),
		default: z.string().optional().describe('Without one the parameter has to be given')
	})
	.refine((p) => (p.type === 'choice') === (p.choices !== undefined), {
		error: 'choices belong to the type choice'
	});

export type Parameter = z.infer<typeof parameter>;

const header = z.strictObject({
	title: writtenWords.describe("What stands largest; with values, such as the unit's name"),
	overline: writtenWords.optional().describe('A line over the title: which report this is'),
	subtitle: writtenWords.optional().describe('A line under it: of what, as of when'),
	footer: writtenWords.optional().describe('What the foot of each page on paper repeats'),
	audience: z.enum(['unit', 'region', 'statistician', 'administrator', 'public']),
	source: z.string().regex(namePattern).describe('Whose tables the notebook asks: unit, nation …'),
	parameters: z.record(z.string().regex(namePattern), parameter).default({}),
	definitions: z
		.array(z.strictObject({ term: text, meaning: text }))
		.default([])
		.describe('Words that the report uses, explained in the workbook')
});

export type Header = z.infer<typeof header>;

/** A file cut into its header (YAML between two lines of three hyphens) and its body, with the body's first line. */
export function readFrontMatter(
	name: string,
	written: string
): { header?: Header; body: string; line: number; faults: Fault[] } {
	const found = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(written);
	if (!found)
		return {
			body: written,
			line: 1,
			faults: [{ line: 1, message: 'a notebook begins with its header, between two lines of three hyphens' }]
		};
	const [whole, yaml = ''] = found;
	const rest = { body: written.slice(whole.length), line: whole.split('\n').length };
	try {
		return { header: readYaml(name, yaml, header).value, ...rest, faults: [] };
	} catch (error) {
		if (!(error instanceof DefinitionError)) throw error;
		return { ...rest, faults: error.faults.map(({ line, message }) => ({ line: line + 1, message })) };
	}
}

/** The values of a notebook's parameters, as texts. */
export type Arguments = Readonly<Record<string, string>>;

/** Checks what was given for the parameters and adds the defaults; or says what is wrong, one sentence each. */
export function readArguments(
	{ parameters }: Header,
	given: Arguments
): { values: Arguments; wrong: string[] } {
	const wrong = Object.keys(given)
		.filter((name) => !Object.hasOwn(parameters, name))
		.map((name) => `there is no parameter ${name}${nearest(name, Object.keys(parameters))}`);
	const values: Record<string, string> = {};
	for (const [name, declared] of Object.entries(parameters)) {
		const value = given[name] ?? declared.default;
		if (value === undefined) wrong.push(`the parameter ${name} is missing`);
		else if (!fits(declared, value)) wrong.push(`${name}: “${value}” is not ${kindOf(declared)}`);
		else values[name] = value;
	}
	return { values, wrong };
}

function fits({ type, choices }: Parameter, value: string): boolean {
	if (type === 'period') return parsePeriod(value) !== undefined;
	if (type === 'day') return isDay(value);
	if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
	if (type === 'boolean') return value === 'true' || value === 'false';
	if (type === 'choice') return choices?.includes(value) ?? false;
	return type === 'text' || value !== '';
}

function kindOf({ type, choices }: Parameter): string {
	if (type === 'choice') return `one of ${choices?.join(', ')}`;
	if (type === 'period') return 'a period such as 2026-01..2026-06';
	if (type === 'day') return 'a day such as 2026-11-23';
	if (type === 'boolean') return 'true or false';
	return `a ${type}`;
}
