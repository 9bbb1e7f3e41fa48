import { Marked, type Token, type Tokens } from 'marked';
import { BlockFault, nearest } from './fault.ts';
import { formats } from './formats.ts';

/** A value in running text: `{table.column | format argument}`. */
export type ValueSource = {
	table: string;
	column: string;
	format: string;
	argument: string;
	written: string;
};

/** Running text. `Value` is what stands where the source names a value: its source, or the value itself. */
export type Inline<Value = ValueSource> =
	| { kind: 'text'; text: string }
	| { kind: 'value'; value: Value }
	| { kind: 'strong' | 'emphasis'; children: Inline<Value>[] }
	| { kind: 'code'; text: string }
	| { kind: 'link'; href: string; children: Inline<Value>[] }
	| { kind: 'break' };

const valuePattern =
	/^\{\s*([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\s*(?:\\?\|\s*([a-z_]+)(?:\s+([^}\s]+))?\s*)?\}/;

/** Markdown as notebooks are written in: GitHub's, and values in braces. A brace that is none is written `\{`. */
export const markdown = new Marked({
	gfm: true,
	extensions: [
		{
			name: 'value',
			level: 'inline',
			start: (text) => text.indexOf('{'),
			tokenizer(text) {
				if (!text.startsWith('{')) return undefined;
				return {
					type: 'value',
					raw: valuePattern.exec(text)?.[0] ?? text.slice(0, 1),
					rest: text.slice(0, 40)
				};
			}
		}
	]
});

/** Reads one line of running text. Throws a BlockFault. */
export function readInline(written: string): Inline[] {
	const lexer = new markdown.Lexer(markdown.defaults);
	return fromTokens(lexer.inlineTokens(written.trim()));
}

/** The running text of Marked's tokens. Throws a BlockFault for what has no place in a notebook. */
export function fromTokens(tokens: readonly Token[]): Inline[] {
	return tokens.flatMap((token): Inline[] => {
		switch (token.type) {
			case 'text':
				return 'tokens' in token && token.tokens?.length
					? fromTokens(token.tokens)
					: [{ kind: 'text', text: token.text.replaceAll('\n', ' ') }];
			case 'escape':
				return [{ kind: 'text', text: token.text }];
			case 'value':
				return [{ kind: 'value', value: valueOf(token as Tokens.Generic) }];
			case 'strong':
				return [{ kind: 'strong', children: fromTokens(token.tokens ?? []) }];
			case 'em':
				return [{ kind: 'emphasis', children: fromTokens(token.tokens ?? []) }];
			case 'codespan':
				return [{ kind: 'code', text: token.text }];
			case 'link':
				return [linkOf(token as Tokens.Link)];
			case 'br':
				return [{ kind: 'break' }];
			case 'html':
				throw new BlockFault(`HTML (${token.raw.trim()}) is not part of a notebook`);
			default:
				throw new BlockFault(`“${token.raw.trim()}” cannot stand in running text (${token.type})`);
		}
	});
}

function valueOf({ raw, rest }: Tokens.Generic): ValueSource {
	const found = valuePattern.exec(raw);
	if (!found)
		throw new BlockFault(
			`“${String(rest).split('\n')[0]}” is no value: write {table.column | format}, or \\{ for a brace`
		);
	const [written, table = '', column = '', format = 'text', argument = ''] = found;
	checkFormat(format);
	return { table, column, format, argument, written };
}

/** Throws a BlockFault for a format that there is not. */
export function checkFormat(format: string): void {
	if (!Object.hasOwn(formats, format))
		throw new BlockFault(
			`no format is called ${format}${nearest(format, Object.keys(formats))}; there are ${Object.keys(formats).join(', ')}`
		);
}

function linkOf({ href, tokens }: Tokens.Link): Inline {
	if (!/^(https:\/\/|mailto:|#|\/)/.test(href))
		throw new BlockFault(`the link ${href} leads nowhere safe: https, mailto, / or #`);
	return { kind: 'link', href, children: fromTokens(tokens) };
}

/** Running text with every value put in the place of its source. */
export function filled<From, To>(inline: readonly Inline<From>[], fill: (value: From) => To): Inline<To>[] {
	return inline.map((part): Inline<To> => {
		switch (part.kind) {
			case 'value':
				return { kind: 'value', value: fill(part.value) };
			case 'strong':
			case 'emphasis':
				return { kind: part.kind, children: filled(part.children, fill) };
			case 'link':
				return { kind: 'link', href: part.href, children: filled(part.children, fill) };
			default:
				return part;
		}
	});
}

/** Running text without its marks, for titles of files and for screen readers. */
export function plain(inline: readonly Inline<{ text: string }>[]): string {
	return inline
		.map((part) => {
			if (part.kind === 'value') return part.value.text;
			if (part.kind === 'break') return ' ';
			return 'children' in part ? plain(part.children) : part.text;
		})
		.join('');
}
