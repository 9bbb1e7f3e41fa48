import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './fault.ts';
import { everythingWrong } from './schema-fault.ts';

/** A piece of YAML as it was read: its value, and on which line of the file any part of it stands. */
export type YamlText = {
	value: unknown;
	/** The line of a part; of the innermost part around it that there is. */
	lineAt: (path: readonly PropertyKey[]) => number;
	faults: Fault[];
};

/** Reads a piece of YAML that begins on the given line. Never throws: what is wrong is told at its line. */
export function readYamlText(written: string, firstLine: number): YamlText {
	const lines = new LineCounter();
	const document = parseDocument(written, { lineCounter: lines });
	const lineOf = (offset: number) => firstLine - 1 + Math.max(1, lines.linePos(offset).line);
	const lineAt = (path: readonly PropertyKey[]) => lineOf(placeOf(document, path));
	// what follows from the first mistake of grammar is seldom a mistake of its own
	const faults = document.errors.slice(0, 1).map(({ pos, code, message }) => ({
		line: Math.min(lineOf(pos[0]), firstLine + written.trimEnd().split('\n').length - 1),
		message:
			grammar[/flow/i.test(message) ? 'MISSING_CHAR' : code] ??
			`YAML: ${message.replace(/ at line \d+, column \d+:?[^]*$/, '')}`
	}));
	if (faults.length) return { value: undefined, lineAt, faults };
	try {
		return { value: document.toJS(), lineAt, faults };
	} catch (error) {
		// names (&a) and their uses (*a) are looked up only now; they may be missing, or too many
		const message = `YAML: ${error instanceof Error ? error.message : String(error)}; a text that begins with * or & needs quotation marks`;
		return { value: undefined, lineAt, faults: [{ line: firstLine, message }] };
	}
}

/** What a schema makes of a YAML text; nothing where it is wrong, with each fault at its line. */
export function readBySchema<T>(text: YamlText, schema: z.ZodType<T>): { value?: T; faults: Fault[] } {
	if (text.faults.length) return { faults: text.faults };
	const read = schema.safeParse(text.value);
	if (read.success) return { value: read.data, faults: [] };
	const wrong = everythingWrong(read.error, schema, text.value);
	return { faults: wrong.map(({ path, message }) => ({ line: text.lineAt(path), message })) };
}

/** Where a part of the document begins: at its key, where it has one. */
function placeOf(document: Document, path: readonly PropertyKey[]): number {
	for (let length = path.length; length >= 0; length--) {
		const parent: unknown = length > 1 ? document.getIn(path.slice(0, length - 1), true) : document.contents;
		const pair = isMap(parent)
			? parent.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
			: undefined;
		if (length && isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
		const node: unknown = length ? document.getIn(path.slice(0, length), true) : document.contents;
		if (isNode(node) && node.range) return node.range[0];
	}
	return 0;
}

/** The mistakes of grammar that people make, in words that say how to mend them. */
const grammar: Readonly<Record<string, string>> = {
	BAD_INDENT: 'the lines of one list or block have to begin in the same column',
	BLOCK_AS_IMPLICIT_KEY:
		'a text with “: ” in it needs quotation marks, and what belongs to a key begins further in than the key',
	BAD_SCALAR_START: 'a text that begins with @ or ` needs quotation marks',
	DUPLICATE_KEY: 'this key is there already',
	MISSING_CHAR: 'a bracket, brace, quotation mark or comma is missing',
	MULTIPLE_DOCS: 'a line --- may not stand here',
	TAB_AS_INDENT: 'begin the line with spaces instead of a tab',
	MULTILINE_IMPLICIT_KEY:
		'a colon is missing after a key, or a text goes on over several lines without | or >'
};
