import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import { csvParseRows } from 'd3-dsv';
import { z } from 'zod';
import { nearest } from './nearest.ts';

/** One thing wrong in a definition file, with its place. */
export type Fault = { file: string; line: number; column: number; message: string };

/** The definition of a register is wrong: says every fault that was found, each with file, line and column. */
export class DefinitionError extends Error {
	readonly faults: Fault[];
	constructor(faults: Fault[]) {
		super(faults.map((f) => `${f.file}:${f.line}:${f.column} ${f.message}`).join('\n'));
		this.name = 'DefinitionError';
		this.faults = faults;
	}
}

/** A value read from a file, and where any part of it stands. */
export type Sourced<T> = {
	value: T;
	at: (path: PropertyKey[]) => { file: string; line: number; column: number };
};

/** A part of a file in its own words: the id of the innermost entry that has one, and what follows it. */
function nameOf(path: readonly PropertyKey[], value: unknown): string {
	let here = value;
	let words: PropertyKey[] = [];
	for (const key of path) {
		here = isRecord(here) ? here[key] : undefined;
		words.push(key);
		if (isRecord(here) && typeof here.id === 'string') words = [here.id];
	}
	const [first, ...rest] = words;
	return [first, rest.join('.')]
		.filter(Boolean)
		.map((word) => `${String(word)}: `)
		.join('');
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
	typeof value === 'object' && value !== null;

type At = Sourced<unknown>['at'];

/** Tells zod what to say of keys that a schema does not know: one line for each, with the key that was meant. */
const keyErrors = ({ code, keys, inst }: { code?: string; keys?: unknown; inst?: unknown }) => {
	if (code !== 'unrecognized_keys' || !Array.isArray(keys)) return undefined;
	const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
	return keys.map((key) => `${unknown(String(key), '')}${nearest(String(key), known)}`).join('\n');
};

/** What is said of one of them, out of what is said of all. */
function unknown(key: string, said: string): string {
	const sentence = `${key} is no key that is known here`;
	return said.split('\n').find((line) => line.startsWith(sentence)) ?? sentence;
}

const zodFaults = (error: z.ZodError, value: unknown, at: At, keyAt: At): Fault[] =>
	error.issues.flatMap((issue) =>
		issue.code === 'unrecognized_keys'
			? issue.keys.map((key) => ({
					...keyAt([...issue.path, key]),
					message: nameOf(issue.path, value) + unknown(key, issue.message)
				}))
			: [{ ...at(issue.path), message: nameOf(issue.path, value) + issue.message }]
	);

/** Reads a YAML text strictly; a fault of grammar or schema is thrown with its place. */
export function readYaml<T>(file: string, written: string, schema: z.ZodType<T>): Sourced<T> {
	const lines = new LineCounter();
	const document = parseDocument(written, { lineCounter: lines });
	const place = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { file, line, column: col };
	};
	if (document.errors.length)
		throw new DefinitionError(
			document.errors.map((e) => ({
				...place(e.pos[0]),
				message: e.message.replace(/ at line \d+, column \d+:?[^]*$/, '')
			}))
		);
	const at = (path: PropertyKey[]) => {
		for (let length = path.length; length >= 0; length--) {
			const node: unknown = length ? document.getIn(path.slice(0, length), true) : document.contents;
			if (isNode(node) && node.range) return place(node.range[0]);
		}
		return { file, line: 1, column: 1 };
	};
	const keyAt = (path: PropertyKey[]) => {
		const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
		const key = isMap(parent)
			? parent.items.map((pair) => pair.key).find((k) => isScalar(k) && k.value === path.at(-1))
			: undefined;
		return isScalar(key) && key.range ? place(key.range[0]) : at(path);
	};
	const found: unknown = document.toJS();
	const read = schema.safeParse(found, { error: keyErrors });
	if (!read.success) throw new DefinitionError(zodFaults(read.error, found, at, keyAt));
	return { value: read.data, at };
}

/**
 * Reads a CSV text (comma, header, double quotes) strictly, one object per row, by the schema's columns.
 * The `column` of a fault is the number of the field; a fault of the header is said once.
 */
export function readCsv<T>(file: string, written: string, schema: z.ZodType<T>): Sourced<T[]> {
	const [header = [], ...rows] = csvParseRows(written.replace(/^\uFEFF/, ''));
	const at = (path: PropertyKey[]) => ({
		file,
		line: typeof path[0] === 'number' ? path[0] + 2 : 1,
		column: Math.max(0, header.indexOf(String(path[1]))) + 1
	});
	const faults = new Map<string, Fault>();
	const add = (fault: Fault) => faults.set(`${fault.line}:${fault.message}`, fault);
	const value = rows.flatMap((cells, index) => {
		if (cells.length !== header.length) {
			add({ ...at([index]), message: `${cells.length} fields, the header has ${header.length}` });
			return [];
		}
		const row = Object.fromEntries(header.map((name, i) => [name, cells[i]]));
		const read = schema.safeParse(row);
		if (read.success) return [read.data];
		for (const issue of read.error.issues) {
			const name = String(issue.path[0] ?? '');
			if (issue.code === 'unrecognized_keys')
				for (const key of issue.keys)
					add({ ...at(['header', key]), message: `there should be no column ${key}` });
			else if (!header.includes(name)) add({ ...at([]), message: `the column ${name} is missing` });
			else add({ ...at([index, name]), message: `${name}: ${issue.message}` });
		}
		return [];
	});
	if (faults.size) throw new DefinitionError([...faults.values()]);
	return { value, at };
}
