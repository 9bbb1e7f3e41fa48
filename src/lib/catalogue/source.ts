import { LineCounter, parseDocument, isNode } from 'yaml';
import { csvParseRows } from 'd3-dsv';
import { z } from 'zod';

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

const zodFaults = (error: z.ZodError, at: Sourced<unknown>['at']): Fault[] =>
	error.issues.flatMap((issue) => {
		const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
		const name = path.length ? `${path.join('.')}: ` : '';
		return [{ ...at(path), message: name + issue.message }];
	});

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
			document.errors.map((e) => ({ ...place(e.pos[0]), message: e.message.split('\n')[0] ?? e.message }))
		);
	const at = (path: PropertyKey[]) => {
		for (let length = path.length; length >= 0; length--) {
			const node: unknown = length ? document.getIn(path.slice(0, length), true) : document.contents;
			if (isNode(node) && node.range) return place(node.range[0]);
		}
		return { file, line: 1, column: 1 };
	};
	const read = schema.safeParse(document.toJS());
	if (!read.success) throw new DefinitionError(zodFaults(read.error, at));
	return { value: read.data, at };
}

/** Reads a CSV text (comma, header, double quotes) strictly, one object per row, by the schema's columns. */
export function readCsv<T>(file: string, written: string, schema: z.ZodType<T>): Sourced<T[]> {
	const [header = [], ...rows] = csvParseRows(written.replace(/^\uFEFF/, ''));
	const at = (path: PropertyKey[]) => ({
		file,
		line: typeof path[0] === 'number' ? path[0] + 2 : 1,
		column: Math.max(0, header.indexOf(String(path[1]))) + 1
	});
	const faults: Fault[] = [];
	const value = rows.flatMap((cells, index) => {
		if (cells.length !== header.length) {
			faults.push({ ...at([index]), message: `${cells.length} fields, the header has ${header.length}` });
			return [];
		}
		const read = schema.safeParse(Object.fromEntries(header.map((name, i) => [name, cells[i]])));
		if (read.success) return [read.data];
		faults.push(...zodFaults(read.error, (path) => at([index, ...path])));
		return [];
	});
	if (faults.length) throw new DefinitionError(faults);
	return { value, at };
}
