import { locales } from '#lib/catalogue/text.ts';
import { roles, type SourceBlock, type Words, type WrittenWords } from './block.ts';
import { readCondition } from './condition.ts';
import { BlockFault, mergedFaults, nearest, NotebookError, type Fault } from './fault.ts';
import { readFence } from './fenced.ts';
import { readFrontMatter, type Header } from './front-matter.ts';
import { namePattern } from './table.ts';
import { readTextBlocks } from './text-blocks.ts';
import { reading } from './words.ts';

/** A notebook as it is written, read once for all its renderings. */
export type Notebook = { name: string; header: Header; words: HeaderWords; blocks: SourceBlock[] };

/** The texts of the header as running text. */
export type HeaderWords = Partial<Record<'overline' | 'subtitle' | 'footer', Words>> & { title: Words };

type Container = Extract<SourceBlock, { blocks: SourceBlock[] }>;

/** Reads a notebook as `readNotebook` does. Throws a NotebookError that lists every fault with its line. */
export function parseNotebook(name: string, written: string): Notebook {
	const { notebook, faults } = readNotebook(name, written);
	if (faults.length) throw new NotebookError(name, faults);
	return notebook;
}

/**
 * Reads a notebook: its header, and a body of Markdown with fenced blocks (```sql name```, ```chart```, ```table```,
 * ```cards```, ```inputs```, ```include name```) and sections (`::: sv`, `::: if name.column`, `::: each name`,
 * `::: keep` … `:::`). Never throws: what is wrong is told with its line, and a block that cannot be read is a block of
 * the kind `fault`. Of a header that cannot be read stands what can; without a title the notebook is called by its name.
 */
export function readNotebook(name: string, written: string): { notebook: Notebook; faults: Fault[] } {
	const file = written.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const { header, yaml, body, line: firstLine, faults } = readFrontMatter(name, file);
	const blocks: SourceBlock[] = [];
	const open: Container[] = [];
	const add = (...found: SourceBlock[]) => (open.at(-1)?.blocks ?? blocks).push(...found);
	const wrong = (...found: Fault[]) => {
		faults.push(...found);
		add(...found.map((fault) => ({ kind: 'fault' as const, ...fault })));
	};
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
		// code between waves is shown as it is, whatever it holds
		const code = /^(~{3,})/.exec(here)?.[1];
		if (code !== undefined) {
			const end = lines.findIndex((other, index) => index > at && other.trimEnd() === code);
			text.push(...lines.slice(at, end < 0 ? undefined : end + 1));
			at = end < 0 ? lines.length : end;
			continue;
		}
		// nor is what stands in a comment, also a block that has been put into one
		if (/^\s*<!--/.test(here)) {
			const end = lines.findIndex((other, index) => index >= at && other.includes('-->'));
			if (end < 0) {
				endText(at);
				wrong({ line, message: 'the comment is not ended: --> is missing' });
				break;
			}
			text.push(...lines.slice(at, end + 1));
			at = end;
			continue;
		}
		if (!fence && !section) {
			text.push(here);
			continue;
		}
		endText(at);
		if (fence) {
			const end = lines.findIndex((other, index) => index > at && other.startsWith('```'));
			const isEnded = end >= 0 && /^```\s*$/.test(lines[end] ?? '');
			if (isEnded) {
				const inner = lines.slice(at + 1, end).join('\n');
				const read = readFence(fence[1] ?? '', fence[2] ?? '', inner, line);
				if (read.block && read.faults.length === 0) add(read.block);
				wrong(...read.faults);
			} else wrong({ line, message: 'the block is not ended: a line ``` is missing' });
			// where another block begins before the end, only what is between is lost
			at = isEnded ? end : end < 0 ? lines.length : end - 1;
		} else if (section?.[1]) {
			const read = sectionOf(section[1], line);
			if (read.fault) wrong(read.fault);
			add(read.container);
			open.push(read.container);
		} else if (!open.pop()) wrong({ line, message: 'no section is open that ::: could end' });
	}
	endText(lines.length);
	for (const { line, blocks: inside } of open) {
		const fault = { line, message: 'the section is not ended: a line ::: is missing' };
		faults.push(fault);
		inside.unshift({ kind: 'fault', ...fault });
	}

	const { words, optional } = reading(yaml?.lineAt ?? (() => 1), faults);
	const { title, overline, subtitle, footer } = header;
	const headerWords: HeaderWords = { title: words(title, ['title']) };
	for (const [key, each] of Object.entries({ overline, subtitle, footer }) as [
		Exclude<keyof HeaderWords, 'title'>,
		WrittenWords | undefined
	][]) {
		const found = optional(each, [key]);
		if (found) headerWords[key] = found;
	}
	// what is missing after the last line is told at it
	const last = file.split('\n').length;
	const told = faults.map(({ line, message }) => ({ line: Math.min(line, last), message }));
	return { notebook: { name, header, words: headerWords, blocks }, faults: mergedFaults(told) };
}

const sections = [...locales, ...roles, 'if', 'each'];

/** The section that a line after ::: opens. One that cannot be read holds what is in it, and is told. */
function sectionOf(written: string, line: number): { container: Container; fault?: Fault } {
	const [kind = '', ...rest] = written.split(/\s+/);
	const locale = locales.find((each) => each === kind);
	const role = roles.find((each) => each === kind);
	const plain = (message: string): { container: Container; fault: Fault } => ({
		container: { line, kind: 'section', role: 'keep', blocks: [] },
		fault: { line, message }
	});
	if (locale && rest.length === 0) return { container: { line, kind: 'language', locale, blocks: [] } };
	if (role && rest.length === 0) return { container: { line, kind: 'section', role, blocks: [] } };
	if (locale || role) return plain(`nothing stands after ::: ${kind}`);
	if (kind === 'if') {
		try {
			const when = readCondition(written.slice('if'.length), line);
			return { container: { line, kind: 'condition', when, blocks: [] } };
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			return plain(error.message);
		}
	}
	if (kind === 'each') {
		const [table = '', ...more] = rest;
		if (more.length || !namePattern.test(table)) return plain('a loop is “::: each table”');
		return { container: { line, kind: 'each', table, blocks: [] } };
	}
	return plain(
		`no section is called “${written}”${nearest(kind, sections)}; there are ${sections.join(', ')}`
	);
}
