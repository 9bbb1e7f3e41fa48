import type { Token, Tokens } from 'marked';
import type { SourceBlock } from './block.ts';
import { BlockFault, type Fault } from './fault.ts';
import { fromTokens, markdown } from './inline.ts';

/** The blocks of a piece of Markdown that begins on the given line, and what is wrong in it. */
export function readTextBlocks(
	written: string,
	firstLine: number
): { blocks: SourceBlock[]; faults: Fault[] } {
	const faults: Fault[] = [];
	return { blocks: blocksOf(markdown.lexer(written), firstLine, faults), faults };
}

function blocksOf(tokens: readonly Token[], firstLine: number, faults: Fault[]): SourceBlock[] {
	let line = firstLine;
	return tokens.flatMap((token) => {
		const begins = line + (/^\n*/.exec(token.raw)?.[0].length ?? 0);
		line += token.raw.split('\n').length - 1;
		try {
			return blockOf(token, begins, faults);
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			faults.push({ line: begins, message: error.message });
			return [];
		}
	});
}

function blockOf(token: Token, line: number, faults: Fault[]): SourceBlock[] {
	switch (token.type) {
		case 'space':
			return [];
		case 'heading':
			return [headingOf(token as Tokens.Heading, line)];
		case 'paragraph':
		case 'text':
			return [{ line, kind: 'paragraph', text: fromTokens(token.tokens ?? []) }];
		case 'list':
			return [listOf(token as Tokens.List, line, faults)];
		default:
			throw new BlockFault(
				`${names[token.type] ?? token.type} is not part of a notebook: there are headings, paragraphs and lists, and blocks of their own for tables and charts`
			);
	}
}

const names: Record<string, string> = {
	html: 'HTML',
	table: 'a table in the text',
	code: 'an indented text',
	blockquote: 'a quotation',
	hr: 'a rule',
	def: 'a definition of a link'
};

function headingOf({ depth, tokens }: Tokens.Heading, line: number): SourceBlock {
	const level = depth - 1;
	if (level !== 1 && level !== 2 && level !== 3)
		throw new BlockFault('headings have two to four #: the one with one # is the title in the header');
	return { line, kind: 'heading', level, text: fromTokens(tokens) };
}

function listOf({ ordered, items }: Tokens.List, firstLine: number, faults: Fault[]): SourceBlock {
	let line = firstLine;
	return {
		line,
		kind: 'list',
		ordered,
		items: items.map((item) => {
			const begins = line;
			line += item.raw.split('\n').length - (item.raw.endsWith('\n') ? 1 : 0);
			return blocksOf(item.tokens, begins, faults);
		})
	};
}
