import type { Token, Tokens } from 'marked';
import { BlockFault, nearest } from './fault.ts';
import { formats } from './formats.ts';
import { markdown, valuePattern } from './markdown.ts';
import { longestParagraph } from './too-much.ts';

/** A value in running text: `{table.column | format argument}`. */
export type ValueSource = {
	table: string;
	column: string;
	format: string;
	argument: string;
	written: string;
	/** The line of the notebook on which it stands. */
	line?: number;
};

/** Running text. `Value` is what stands where the source names a value: its source, or the value itself. */
export type Inline<Value = ValueSource> =
	| { kind: 'text'; text: string }
	| { kind: 'value'; value: Value }
	| { kind: 'strong' | 'emphasis'; children: Inline<Value>[] }
	| { kind: 'code'; text: string }
	| { kind: 'link'; href: string; children: Inline<Value>[] }
	| { kind: 'break' }
	/** A reference to a footnote; it has its number when the notebook has been run. */
	| { kind: 'footnote'; name: string; number?: number; line?: number };

/** Reads a piece of running text that begins on the given line. Throws a BlockFault. */
export function readInline(written: string, line?: number): Inline[] {
	const lexer = new markdown.Lexer(markdown.defaults);
	if (written.length > longestParagraph)
		throw new BlockFault(`a text of more than ${longestParagraph} signs is too long for one line`, line);
	return fromTokens(lexer.inlineTokens(written.trim()), line);
}

/**
 * The running text of Marked's tokens, which begin on the given line. Throws a BlockFault, with its line, for what has no
 * place in a notebook.
 */
export function fromTokens(tokens: readonly Token[], line?: number): Inline[] {
	let here = line;
	return tokens.flatMap((token): Inline[] => {
		const found = fromToken(token, here);
		if (here !== undefined) here += token.raw.split('\n').length - 1;
		return found;
	});
}

function fromToken(token: Token, line: number | undefined): Inline[] {
	switch (token.type) {
		case 'text':
			return 'tokens' in token && token.tokens?.length
				? fromTokens(token.tokens, line)
				: [{ kind: 'text', text: token.text.replaceAll('\n', ' ') }];
		case 'escape':
			return [{ kind: 'text', text: token.text }];
		case 'value':
			return [{ kind: 'value', value: valueOf(token as Tokens.Generic, line) }];
		case 'footnote':
			return [{ kind: 'footnote', name: String((token as Tokens.Generic).name), ...at(line) }];
		case 'strong':
			return [{ kind: 'strong', children: fromTokens(token.tokens ?? [], line) }];
		case 'em':
			return [{ kind: 'emphasis', children: fromTokens(token.tokens ?? [], line) }];
		case 'codespan':
			return [{ kind: 'code', text: token.text }];
		case 'link':
			return [linkOf(token as Tokens.Link, line)];
		case 'br':
			return [{ kind: 'break' }];
		case 'html':
			if (isComment(token.raw)) return [];
			throw new BlockFault(`HTML (${token.raw.trim()}) is not part of a notebook`, line);
		default:
			throw new BlockFault(`“${token.raw.trim()}” cannot stand in running text (${token.type})`, line);
	}
}

/** What the writer of a notebook says to the next one. */
export const isComment = (html: string) => /^\s*<!--[^]*-->\s*$/.test(html);

const at = (line: number | undefined) => (line === undefined ? {} : { line });

function valueOf({ raw, rest }: Tokens.Generic, line: number | undefined): ValueSource {
	const found = valuePattern.exec(raw);
	if (!found)
		throw new BlockFault(
			`“${String(rest).split('\n')[0]}” is no value: write {table.column | format}, or \\{ for a brace`,
			line
		);
	const [written, table = '', column = '', format = 'text', argument = ''] = found;
	checkFormat(format, argument, line);
	return { table, column, format, argument, written, ...at(line) };
}

/** Throws a BlockFault for a format that there is not, and for one that takes no such argument. */
export function checkFormat(format: string, argument = '', line?: number): void {
	if (!Object.hasOwn(formats, format))
		throw new BlockFault(
			`no format is called ${format}${nearest(format, Object.keys(formats))}; there are ${Object.keys(formats).join(', ')}`,
			line
		);
	if (argument !== '' && !/^\d$/.test(argument))
		throw new BlockFault(`${format} ${argument}: after a format stands a number of decimals, 0–9`, line);
}

function linkOf({ href, tokens }: Tokens.Link, line: number | undefined): Inline {
	if (!/^(https:\/\/|mailto:|#|\/(?!\/))/.test(href))
		throw new BlockFault(`the link ${href} leads nowhere safe: https, mailto, / or #`, line);
	return { kind: 'link', href, children: fromTokens(tokens, line) };
}

/** Running text with every value put in the place of its source, and every footnote numbered. */
export function filled<From, To>(
	inline: readonly Inline<From>[],
	fill: (value: From) => To,
	number: (footnote: { name: string; line?: number }) => number
): Inline<To>[] {
	return inline.map((part): Inline<To> => {
		switch (part.kind) {
			case 'value':
				return { kind: 'value', value: fill(part.value) };
			case 'strong':
			case 'emphasis':
				return { kind: part.kind, children: filled(part.children, fill, number) };
			case 'link':
				return { kind: 'link', href: part.href, children: filled(part.children, fill, number) };
			case 'footnote':
				return { kind: 'footnote', name: part.name, number: number(part) };
			default:
				return part;
		}
	});
}

/** The names of the footnotes that a running text refers to, each with its line. */
export function footnotesIn(inline: readonly Inline[]): { name: string; line?: number }[] {
	return inline.flatMap((part) => {
		if (part.kind === 'footnote') return [part];
		return 'children' in part ? footnotesIn(part.children) : [];
	});
}

/** Running text without its marks, for titles of files and for screen readers. */
export function plain(inline: readonly Inline<{ text: string }>[]): string {
	return inline
		.map((part) => {
			if (part.kind === 'value') return part.value.text;
			if (part.kind === 'break') return ' ';
			if (part.kind === 'footnote') return '';
			return 'children' in part ? plain(part.children) : part.text;
		})
		.join('');
}
