import type { Day } from '#lib/period/day.ts';
import { fits, kindOf, resolved } from './argument.ts';
import { nearest, type Fault } from './fault.ts';
import { writtenHeader, type Header, type Parameter, type ParameterType } from './header.ts';
import { readBySchema, readYamlText, type YamlText } from './yaml-text.ts';

export { languageOf, parameterTypes } from './header.ts';
export type { Header, Parameter, ParameterType };

/**
 * A file cut into its header (YAML between two lines of three hyphens) and its body, with the body's first line. What is
 * wrong with the header is left out of it, as far as that goes; a file without a title is called by its name.
 */
export function readFrontMatter(
	name: string,
	written: string
): { header: Header; yaml: YamlText | undefined; body: string; line: number; faults: Fault[] } {
	const bare = () => writtenHeader.parse({ title: name });
	if (!/^---[ \t]*(\n|$)/.test(written))
		return {
			header: bare(),
			yaml: undefined,
			body: written,
			line: 1,
			faults: [
				{
					line: 1,
					message:
						'a notebook begins with its header, with at least a title, between two lines of three hyphens'
				}
			]
		};
	const lines = written.split('\n');
	const end = lines.findIndex((line, at) => at > 0 && /^---[ \t]*$/.test(line));
	// a header without an end most likely ends where something begins that cannot be part of it
	const begun = lines.findIndex((line, at) => at > 0 && /^(```|:::|#{2,4} )/.test(line));
	const after = end > 0 ? end + 1 : begun > 0 ? begun : lines.length;
	const yaml = readYamlText(lines.slice(1, end > 0 ? end : after).join('\n'), 2);
	const read = readBySchema(yaml, writtenHeader);
	const ended = end > 0 ? [] : [{ line: 1, message: 'the header is not ended: a line --- is missing' }];
	return {
		header: read.value ?? withoutFaults(yaml) ?? bare(),
		yaml,
		body: lines.slice(after).join('\n'),
		line: after + 1,
		faults: [...ended, ...read.faults]
	};

	/** What is left of a header when each key, and each parameter, that has a fault is taken out of it. */
	function withoutFaults({ value }: YamlText): Header | undefined {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
		const kept = structuredClone(value) as Record<string, unknown>;
		const { error } = writtenHeader.safeParse(kept);
		for (const { path, ...issue } of error?.issues ?? []) {
			const [key, inner] = [...path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
			const parameters = kept.parameters;
			if (issue.code === 'unrecognized_keys' && path.length === 0)
				for (const unknown of issue.keys) delete kept[unknown];
			else if (key === 'parameters' && inner !== undefined && isRecord(parameters))
				delete parameters[String(inner)];
			else if (key !== undefined) delete kept[String(key)];
		}
		return writtenHeader.safeParse({ title: name, ...kept }).data;
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** The values of a notebook's parameters, as texts. */
export type Arguments = Readonly<Record<string, string>>;

/** What there is to choose among for the types that the register fills, with labels in the reader's language. */
export type Choices = Readonly<
	Partial<Record<ParameterType, readonly { value: string; label: string; group?: string | undefined }[]>>
>;

/**
 * Checks what was given for the parameters and adds the defaults, with last-year and the like put into figures.
 * `wrong` says what cannot be, one sentence each; in its place stands the default. `missing` names the parameters that
 * have no default and no value that can be.
 *
 * @param choices where they are given, a unit, region or variable has to be among them
 */
export function readArguments(
	{ parameters }: Header,
	given: Arguments,
	today: Day,
	choices: Choices = {}
): { values: Arguments; wrong: string[]; missing: string[] } {
	const wrong = Object.keys(given)
		.filter((name) => !Object.hasOwn(parameters, name))
		.map((name) => `there is no parameter ${name}${nearest(name, Object.keys(parameters))}`);
	const values: Record<string, string> = {};
	const missing: string[] = [];
	for (const [name, declared] of Object.entries(parameters)) {
		const { type, default: usual } = declared;
		const stated = given[name];
		// an empty field of a form is one that nobody has filled in
		const asked = stated === '' && !fits(declared, '') ? undefined : stated;
		const value = asked === undefined ? undefined : resolved(type, asked, today);
		const fault = value === undefined ? undefined : notFitting(declared, value, choices[type]);
		if (fault !== undefined) wrong.push(`${name}: ${fault}`);
		if (value !== undefined && fault === undefined) values[name] = value;
		else if (usual !== undefined) values[name] = resolved(type, usual, today);
		else missing.push(name);
	}
	return { values, wrong, missing };
}

/** Types of which the register knows all that there are. */
const known: readonly ParameterType[] = ['unit', 'region', 'variable'];

function notFitting(declared: Parameter, value: string, among: Choices[ParameterType]): string | undefined {
	if (!fits(declared, value)) return `“${value}” is not ${kindOf(declared)}`;
	if (!among || value === '' || !known.includes(declared.type)) return undefined;
	if (among.some((choice) => choice.value === value)) return undefined;
	return `there is no ${declared.type} ${value}${nearest(
		value,
		among.map((choice) => choice.value)
	)}`;
}
