import { DefinitionError, readYaml } from '#lib/catalogue/source.ts';
import { locales } from '#lib/catalogue/text.ts';
import type { z } from 'zod';
import { roles, writtenCards, writtenChart, writtenTable, type SourceBlock } from './block.ts';
import { readCondition } from './condition.ts';
import { BlockFault, nearest, NotebookError, type Fault } from './fault.ts';
import { readFrontMatter, type Header } from './front-matter.ts';
import { namePattern } from './table.ts';
import { readTextBlocks } from './text-blocks.ts';
import { optional, readCards, readChart, readTable, readWords } from './words.ts';

/** A notebook as it is written, read once for all its renderings. */
export type Notebook = { name: string; header: Header; words: HeaderWords; blocks: SourceBlock[] };

/** The texts of the header as running text. */
export type HeaderWords = Partial<
	Record<'overline' | 'subtitle' | 'footer', ReturnType<typeof readWords>>
> & {
	title: ReturnType<typeof readWords>;
};

type Container = Extract<SourceBlock, { blocks: SourceBlock[] }>;

/**
 * Reads a notebook: its header, and a body of Markdown with fenced blocks (```sql name```, ```chart```,
 * ```table```, ```cards```) and sections (`::: sv`, `::: if name.column`, `::: each name`, `::: keep` … `:::`).
 * Throws a NotebookError that lists every fault with its line.
 */
export function parseNotebook(name: string, written: string): Notebook {
	const { header, body, line: firstLine, faults } = readFrontMatter(name, written.replaceAll('\r\n', '\n'));
	const blocks: SourceBlock[] = [];
	const open: Container[] = [];
	const add = (...found: SourceBlock[]) => (open.at(-1)?.blocks ?? blocks).push(...found);
	const lines = body.split('\n');
	let text: string[] = [];
	const endText = (before: number) => {
		const read = readTextBlocks(text.join('\n'), firstLine + before - text.length);
		add(...read.blocks);
		faults.push(...read.faults);
		text = [];
	};

	for (let at = 0; at < lines.length; at++) {
		const here = lines[at] ?? '';
		const line = firstLine + at;
		const fence = /^```\s*(\S*)\s*(.*?)\s*$/.exec(here);
		const section = /^:::\s*(.*?)\s*$/.exec(here);
		if (!fence && !section) {
			text.push(here);
			continue;
		}
		endText(at);
		if (fence) {
			const end = lines.findIndex((other, index) => index > at && /^```\s*$/.test(other));
			const inner = lines.slice(at + 1, end < 0 ? undefined : end).join('\n');
			if (end < 0) faults.push({ line, message: 'the block is not ended: a line ``` is missing' });
			else attempt(faults, line, () => add(...fenced(fence[1] ?? '', fence[2] ?? '', inner, line, faults)));
			at = end < 0 ? lines.length : end;
		} else if (section?.[1]) {
			const container = sectionOf(section[1], line, faults);
			add(container);
			open.push(container);
		} else if (!open.pop()) faults.push({ line, message: 'no section is open that ::: could end' });
	}
	endText(lines.length);
	for (const { line } of open)
		faults.push({ line, message: 'the section is not ended: a line ::: is missing' });

	const words = header && attempt(faults, 1, () => headerWords(header));
	if (faults.length || !header || !words)
		throw new NotebookError(
			name,
			faults.toSorted((a, b) => a.line - b.line)
		);
	return { name, header, words, blocks };
}

/** Runs `read`, and notes a fault of its block at its line. */
function attempt<T>(faults: Fault[], line: number, read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof BlockFault)) throw error;
		faults.push({ line, message: error.message });
		return undefined;
	}
}

function headerWords({ title, overline, subtitle, footer }: Header): HeaderWords {
	return {
		title: readWords(title),
		overline: optional(overline),
		subtitle: optional(subtitle),
		footer: optional(footer)
	};
}

const fences = ['sql', 'chart', 'table', 'cards'];

/** The block of a fence; none where its YAML is wrong, which is noted at its own lines. */
function fenced(kind: string, name: string, inner: string, line: number, faults: Fault[]): SourceBlock[] {
	const read = <T>(schema: z.ZodType<T>, block: (written: T) => SourceBlock): SourceBlock[] => {
		try {
			return [block(readYaml('block', inner, schema).value)];
		} catch (error) {
			if (!(error instanceof DefinitionError)) throw error;
			faults.push(...error.faults.map((fault) => ({ line: line + fault.line, message: fault.message })));
			return [];
		}
	};
	switch (kind) {
		case 'sql':
			if (!namePattern.test(name)) throw new BlockFault('an sql block needs a name: ```sql births');
			return [{ line, kind, name, sql: inner.trim().replace(/;$/, '') }];
		case 'chart':
			return read(writtenChart, (written) => ({ line, kind, spec: readChart(written) }));
		case 'table':
			return read(writtenTable, (written) => ({ line, kind, spec: readTable(written) }));
		case 'cards':
			return read(writtenCards, (written) => ({ line, kind, cards: readCards(written) }));
		default:
			throw new BlockFault(
				`no block is called “${kind}”${nearest(kind, fences)}; there are ${fences.join(', ')}`
			);
	}
}

const sections = [...locales, ...roles, 'if', 'each'];

function sectionOf(written: string, line: number, faults: Fault[]): Container {
	const [kind = '', ...rest] = written.split(/\s+/);
	const locale = locales.find((each) => each === kind);
	const role = roles.find((each) => each === kind);
	const wrong = (message: string): Container => {
		faults.push({ line, message });
		return { line, kind: 'section', role: 'keep', blocks: [] };
	};
	if (locale && rest.length === 0) return { line, kind: 'language', locale, blocks: [] };
	if (role && rest.length === 0) return { line, kind: 'section', role, blocks: [] };
	if (kind === 'if') {
		const when = attempt(faults, line, () => readCondition(rest.join(' ')));
		return when
			? { line, kind: 'condition', when, blocks: [] }
			: { line, kind: 'section', role: 'keep', blocks: [] };
	}
	if (kind === 'each') {
		const [table = '', ...more] = rest;
		if (more.length || !namePattern.test(table)) return wrong('a loop is “each table”');
		return { line, kind: 'each', table, blocks: [] };
	}
	return wrong(
		`no section is called “${written}”${nearest(kind, sections)}; there are ${sections.join(', ')}`
	);
}
