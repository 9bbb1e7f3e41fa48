import type { z } from 'zod';
import { nearest } from './fault.ts';

type Schema = z.core.$ZodType;
type Said = { path: readonly PropertyKey[]; message: string };

/** Everything that is wrong with a value. Where a key is only misspelt, it is not told as missing too. */
export function everythingWrong(error: z.ZodError, schema: Schema, value: unknown): Said[] {
	const said = error.issues.flatMap((issue) => saidOf(issue, schema, value));
	const around = (path: readonly PropertyKey[]) => JSON.stringify(path.slice(0, -1));
	const meant = said.map(
		({ path, message }) => `${around(path)} ${/did you mean (\w+)\?/.exec(message)?.[1]}`
	);
	return said.filter(
		({ path, message }) =>
			!message.includes(' is missing') || !meant.includes(`${around(path)} ${String(path.at(-1))}`)
	);
}

/** What is wrong with a value, in words that say how to mend it; for each unknown key one. */
function saidOf(issue: z.core.$ZodIssue, schema: Schema, value: unknown): Said[] {
	const { path } = issue;
	const here = path.length ? `${nameOf(path, value)}: ` : '';
	if (issue.code === 'unrecognized_keys') {
		const known = keysOf(schemaAt(schema, path));
		return issue.keys.map((key) => ({
			path: [...path, key],
			message: `${here}there is no key ${key}${nearest(key, known) || (known.length ? `; there are ${known.join(', ')}` : '')}`
		}));
	}
	const given = valueAt(value, path);
	if (issue.code === 'invalid_union' && !isOwn(issue.message)) {
		// the reading that came furthest is the one that was most likely meant
		const [closest] = issue.errors.toSorted((a, b) => deepest(b) - deepest(a));
		if (closest?.length)
			return closest.flatMap((inner) =>
				saidOf({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue, schema, value)
			);
	}
	if (given === undefined && path.length) return [{ path, message: missing(path, schema, issue.message) }];
	if (isOwn(issue.message)) return [{ path, message: here + issue.message }];
	if (issue.code === 'invalid_value') {
		const values = issue.values.map(String);
		return [
			{
				path,
				message: `${here}“${String(given)}” is not one of ${values.join(', ')}${nearest(String(given), values)}`
			}
		];
	}
	return [{ path, message: here + inWords(issue) }];
}

/** Whether the schema says in words of its own what is wrong. */
const isOwn = (message: string) => !/^(Invalid|Too|Unrecognized)/.test(message);

const deepest = (issues: readonly z.core.$ZodIssue[]) =>
	Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));

/** What is missing, and what it would be, in the words of the schema. */
function missing(path: readonly PropertyKey[], schema: Schema, message: string): string {
	const about = isOwn(message) ? message.replace(/^is needed: /, '') : describedAt(schema, path);
	const around = path.slice(0, -1).filter((part) => typeof part === 'string');
	return `${around.map((part) => `${part}: `).join('')}the key ${String(path.at(-1))} is missing${about ? `: ${about}` : ''}`;
}

/** Where a part stands, as a person would name it: “columns, the 2nd: format”. */
function nameOf(path: readonly PropertyKey[], value: unknown): string {
	const words = path.map((part, at) => {
		if (typeof part !== 'number') return String(part);
		const entry = valueAt(value, path.slice(0, at + 1));
		const own = isRecord(entry) ? ['column', 'name', 'mark', 'term'].map((key) => entry[key]) : [];
		const named = own.find((each) => typeof each === 'string');
		return named ?? `number ${part + 1}`;
	});
	return words.join(', ');
}

function inWords(issue: z.core.$ZodIssue): string {
	if (issue.code === 'invalid_type') {
		const expected: Readonly<Record<string, string>> = {
			string: 'a text',
			number: 'a number',
			int: 'a whole number',
			boolean: 'true or false',
			array: 'a list: [a, b]',
			object: 'keys with values: { key: value }',
			record: 'keys with values: { key: value }',
			tuple: 'a list: [a, b]'
		};
		return `has to be ${expected[issue.expected] ?? issue.expected}`;
	}
	if (issue.code === 'too_small' && issue.origin === 'array') return 'a list of at least one is needed';
	if (issue.code === 'too_small' && issue.origin === 'string') return 'may not be empty';
	if (issue.code === 'too_small') return `has to be at least ${String(issue.minimum)}`;
	if (issue.code === 'too_big' && issue.origin === 'array') return `has at most ${String(issue.maximum)}`;
	if (issue.code === 'too_big') return `has to be at most ${String(issue.maximum)}`;
	if (issue.code === 'invalid_key') return 'a name has small letters, digits and low lines';
	return issue.message;
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
	typeof value === 'object' && value !== null;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
	path.reduce<unknown>((here, key) => (isRecord(here) ? here[key] : undefined), value);

/** A schema without what is wrapped around it: left out, with a default, read further. */
function bare(schema: Schema | undefined): Schema | undefined {
	const def = schema && definition(schema);
	if (!def) return undefined;
	if (['optional', 'default', 'prefault', 'nullable', 'nonoptional', 'catch', 'readonly'].includes(def.type))
		return bare(def.innerType as Schema);
	if (def.type === 'pipe') return bare(def.in as Schema);
	if (def.type === 'lazy') return bare((def.getter as () => Schema)());
	return schema;
}

const definition = (schema: Schema) =>
	Reflect.get(schema, 'def') as Record<string, unknown> & { type: string };

const defOfBare = (schema: Schema | undefined): unknown => {
	const found = bare(schema);
	return found && definition(found);
};

const definitionOf = (schema: Schema | undefined) =>
	defOfBare(schema) as
		| {
				type: string;
				shape?: Record<string, Schema>;
				element?: Schema;
				items?: Schema[];
				valueType?: Schema;
				options?: Schema[];
		  }
		| undefined;

/** The schema of a part of a value; of a union the first reading that has such a part. */
function schemaAt(schema: Schema | undefined, [key, ...rest]: readonly PropertyKey[]): Schema | undefined {
	if (schema === undefined || key === undefined) return schema;
	const found = definitionOf(schema);
	if (found?.options) {
		const readings = found.options.map((option) => schemaAt(option, [key, ...rest]));
		return readings.find((each) => keysOf(each).length) ?? readings.find((each) => each !== undefined);
	}
	const inner =
		found?.shape?.[String(key)] ??
		found?.element ??
		(typeof key === 'number' ? found?.items?.[key] : undefined) ??
		found?.valueType;
	return schemaAt(inner, rest);
}

/** The keys that a schema of an object knows; of a union those of all readings. */
function keysOf(schema: Schema | undefined): string[] {
	const found = definitionOf(schema);
	if (found?.options) return [...new Set(found.options.flatMap(keysOf))];
	return Object.keys(found?.shape ?? {});
}

function describedAt(schema: Schema, path: readonly PropertyKey[]): string {
	const found = schemaAt(schema, path) as (Schema & { description?: string }) | undefined;
	return found?.description ?? '';
}
