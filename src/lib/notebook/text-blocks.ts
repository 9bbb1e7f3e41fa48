import type { Token, Tokens } from 'marked';
import type { SourceBlock } from './block.ts';
import { BlockFault, type Fault } from './fault.ts';
import { fromTokens, isComment } from './inline.ts';
import { markdown } from './markdown.ts';
import { tooMuch } from './too-much.ts';

/** The blocks of a piece of Markdown that begins on the given line, and what is wrong in it. */
export function readTextBlocks(
	written: string,
	firstLine: number
): { blocks: SourceBlock[]; faults: Fault[] } {
	const fault = tooMuch(written, firstLine);
	if (fault) return { blocks: [{ kind: 'fault', ...fault }], faults: [fault] };
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
			const fault = { line: error.line ?? begins, message: error.message };
			faults.push(fault);
			return [{ kind: 'fault' as const, ...fault }];
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
		case 'text': {
			const text = fromTokens(token.tokens ?? [], line);
			return text.length ? [{ line, kind: 'paragraph', text }] : [];
		}
		case 'list':
			return [listOf(token as Tokens.List, line, faults)];
		case 'blockquote':
			return [{ line, kind: 'quote', blocks: blocksOf(token.tokens ?? [], line, faults) }];
		case 'code':
			return [{ line, kind: 'code', text: (token as Tokens.Code).text }];
		case 'hr':
			return [{ line, kind: 'rule' }];
		case 'table':
			return [gridOf(token as Tokens.Table, line)];
		case 'footnoteText': {
			const { name, tokens } = token as Tokens.Generic;
			return [{ line, kind: 'footnote', name: String(name), text: fromTokens(tokens ?? [], line) }];
		}
		case 'html':
			if (isComment(token.raw)) return [];
			throw new BlockFault('HTML is not part of a notebook; Markdown is, and comments <!-- … -->');
		case 'def':
			throw new BlockFault(
				'an address of its own line is not part of a notebook: write the link as [text](address)'
			);
		default:
			throw new BlockFault(`“${token.raw.trim().slice(0, 40)}” is not part of a notebook (${token.type})`);
	}
}

function headingOf({ depth, tokens }: Tokens.Heading, line: number): SourceBlock {
	const level = depth - 1;
	if (level !== 1 && level !== 2 && level !== 3)
		throw new BlockFault('headings have two to four #: the one with one # is the title in the header');
	return { line, kind: 'heading', level, text: fromTokens(tokens, line) };
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

/** The head of a table in the text is on its first line, its rows from the third on. */
function gridOf({ header, rows, align }: Tokens.Table, line: number): SourceBlock {
	return {
		line,
		kind: 'grid',
		align,
		head: header.map(({ tokens }) => fromTokens(tokens, line)),
		rows: rows.map((row, at) => row.map(({ tokens }) => fromTokens(tokens, line + 2 + at)))
	};
}
