import type { Fault } from './fault.ts';

/** The longest paragraph, in signs: reading one takes the square of its length. */
export const longestParagraph = 40_000;

/** So deep may quotes and lists stand in each other. */
const deepest = 20;

/** What a line begins with: indentation, and marks of quotes and of lists. */
const beginning = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;

/**
 * The first place of a piece of Markdown that begins on the given line which would keep its reader busy for too long;
 * undefined where there is none.
 */
export function tooMuch(written: string, firstLine: number): Fault | undefined {
	let begins = 0;
	let length = 0;
	for (const [at, line] of written.split('\n').entries()) {
		if (depthOf(line) > deepest)
			return {
				line: firstLine + at,
				message: `quotes and lists stand at most ${deepest} deep in each other`
			};
		const isRow = /^\s*\|/.test(line);
		if (line.trim() === '' || isRow) length = 0;
		if (length === 0) begins = at;
		length = isRow ? line.length : length + line.length;
		if (length > longestParagraph)
			return {
				line: firstLine + begins,
				message: `this paragraph is longer than ${longestParagraph} signs: divide it by empty lines`
			};
	}
	return undefined;
}

/** How deep a line stands: its marks and, of a list, its indentation by two at least. */
function depthOf(line: string): number {
	const [marks = ''] = beginning.exec(line) ?? [];
	const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
	const own = marks.slice(indent.length).replace(/[\s\d]/g, '').length;
	return own === 0 ? 0 : own + Math.floor(indent.replaceAll('\t', '    ').length / 4);
}
