import type { Locale } from '#lib/catalogue/text.ts';
import type { CardSpec, ChartSpec, Condition, Setting, SourceBlock, Words } from './block.ts';
import { BlockFault, type Fault } from './fault.ts';
import { FormatFault, written } from './formats.ts';
import { filled, plain, type Inline, type ValueSource } from './inline.ts';
import type { Block, Model, Text } from './model.ts';
import type { Notebook } from './parse.ts';
import { cellOf, firstRow, tableOf, type Scope } from './scope.ts';
import { renderTable } from './render-table.ts';
import type { Cell, Tables } from './table.ts';

/**
 * A notebook with the values of its tables put in, in the reader's language. What is wrong with a block is
 * told in its place (`fault`) and leaves the others standing.
 */
export function renderNotebook(notebook: Notebook, tables: Tables, locale: Locale): Model {
	const faults: Fault[] = [];
	const scope: Scope = { tables, rows: new Map(), locale };
	const { header, words } = notebook;
	const line = (each: Words | undefined) => {
		try {
			return each ? wordsIn(each, scope) : null;
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			faults.push({ line: 1, message: error.message });
			return null;
		}
	};
	return {
		name: notebook.name,
		locale,
		title: line(words.title) ?? [{ kind: 'text', text: notebook.name }],
		overline: line(words.overline),
		subtitle: line(words.subtitle),
		footer: line(words.footer),
		blocks: renderBlocks(notebook.blocks, scope, faults),
		definitions: header.definitions.map(({ term, meaning }) => ({
			term: term[locale],
			meaning: meaning[locale]
		})),
		faults
	};
}

function renderBlocks(blocks: readonly SourceBlock[], scope: Scope, faults: Fault[]): Block[] {
	return blocks.flatMap((block) => {
		try {
			return renderBlock(block, scope, faults);
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			const fault = { line: block.line, message: error.message };
			faults.push(fault);
			return [{ kind: 'fault' as const, fault }];
		}
	});
}

function renderBlock(block: SourceBlock, scope: Scope, faults: Fault[]): Block[] {
	switch (block.kind) {
		case 'heading':
			return [{ kind: 'heading', level: block.level, text: inlineIn(block.text, scope) }];
		case 'paragraph':
			return [{ kind: 'paragraph', text: inlineIn(block.text, scope) }];
		case 'list':
			return [{ ...block, items: block.items.map((item) => renderBlocks(item, scope, faults)) }];
		case 'sql':
			return [];
		case 'chart':
			return [renderChart(block.spec, block.line, scope)];
		case 'table':
			return [renderTable(block.spec, scope, (words) => wordsIn(words, scope))];
		case 'cards':
			return [{ kind: 'cards', cards: block.cards.map((card) => renderCard(card, scope)) }];
		case 'section':
			return [{ kind: 'section', role: block.role, blocks: renderBlocks(block.blocks, scope, faults) }];
		case 'language':
			return block.locale === scope.locale ? renderBlocks(block.blocks, scope, faults) : [];
		case 'condition':
			return holds(block.when, scope) ? renderBlocks(block.blocks, scope, faults) : [];
		case 'each':
			return oneList(
				tableOf(block.table, scope).rows.flatMap((row) =>
					renderBlocks(block.blocks, { ...scope, rows: new Map(scope.rows).set(block.table, row) }, faults)
				)
			);
	}
}

/** The lists that a loop makes, one for each row, as the one list that they are meant to be. */
function oneList(blocks: Block[]): Block[] {
	return blocks.reduce<Block[]>((before, block) => {
		const last = before.at(-1);
		if (block.kind === 'list' && last?.kind === 'list' && last.ordered === block.ordered)
			return [...before.slice(0, -1), { ...last, items: [...last.items, ...block.items] }];
		return [...before, block];
	}, []);
}

/** Whether a condition holds; inside a loop over its table it is asked of the loop's row. */
function holds({ asked: { table, column }, negated }: Condition, scope: Scope): boolean {
	const told = (): boolean => {
		if (column === undefined) return scope.rows.has(table) || tableOf(table, scope).rows.length > 0;
		const value = cellOf(firstRow(table, scope), table, column);
		return Array.isArray(value) ? value.length > 0 : Boolean(value);
	};
	return told() !== negated;
}

function renderCard({ label, value, note, mark }: CardSpec, scope: Scope) {
	return {
		label: wordsIn(label, scope),
		value: wordsIn(value, scope),
		note: note ? wordsIn(note, scope) : null,
		marked: mark !== undefined && holds(mark, scope)
	};
}

function renderChart(spec: ChartSpec, line: number, scope: Scope): Block {
	const title = wordsIn(spec.title, scope);
	return {
		kind: 'chart',
		line,
		chart: spec.kind,
		title,
		sheet: plain(spec.sheet ? wordsIn(spec.sheet, scope) : title),
		alt: wordsIn(spec.alt, scope),
		note: spec.note ? wordsIn(spec.note, scope) : null,
		height: spec.height ?? null,
		rows: tableOf(spec.from, scope).rows,
		settings: settingsIn(spec.set, scope)
	};
}

const settingsIn = (settings: Record<string, Setting>, scope: Scope): unknown =>
	Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, settingIn(setting, scope)]));

function settingIn(setting: Setting, scope: Scope): unknown {
	if (setting === null || typeof setting !== 'object') return setting;
	if ('settings' in setting) return settingsIn(setting.settings, scope);
	if ('list' in setting) return setting.list.map((each) => settingIn(each, scope));
	const words = chosen(setting, scope);
	const [only, ...rest] = words;
	// `{table.column}` alone is the value itself, not a text that says it
	if (only?.kind === 'value' && rest.length === 0 && only.value.format === 'text')
		return valueOf(only.value, scope);
	return plain(inlineIn(words, scope));
}

const wordsIn = (words: Words, scope: Scope): Text => inlineIn(chosen(words, scope), scope);

/** The text whose condition holds; nothing where none does. */
const chosen = (words: Words, scope: Scope): Inline[] =>
	words.find(({ when }) => when === undefined || holds(when, scope))?.[scope.locale] ?? [];

const inlineIn = (inline: readonly Inline[], scope: Scope): Text =>
	filled(inline, (source) => {
		const value = valueOf(source, scope);
		try {
			const text = written(value, source.format, source.argument, scope.locale);
			return { value, text, name: `${source.table}.${source.column}` };
		} catch (error) {
			if (error instanceof FormatFault) throw new BlockFault(`${source.written}: ${error.message}`);
			throw error;
		}
	});

const valueOf = ({ table, column }: ValueSource, scope: Scope): Cell =>
	cellOf(firstRow(table, scope), table, column);
