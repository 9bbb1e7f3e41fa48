import type { Locale } from '#lib/catalogue/text.ts';
import type { SourceBlock, Words } from './block.ts';
import { BlockFault, mergedFaults, type Fault } from './fault.ts';
import { footnotesOf } from './footnotes.ts';
import { languageOf, type Arguments, type Choices } from './front-matter.ts';
import { holds } from './holds.ts';
import { inLanguage } from './in-language.ts';
import type { Inline } from './inline.ts';
import type { Block, Model } from './model.ts';
import type { Notebook } from './parse.ts';
import { renderChart, renderPlotBlock } from './render-chart.ts';
import { shownInputs } from './render-inputs.ts';
import { renderTable } from './render-table.ts';
import { faultIn, lineIn, tableOf, type Scope } from './scope.ts';
import type { CardSpec } from './spec.ts';
import type { Tables } from './table.ts';
import { inlineIn, wordsIn } from './words-in.ts';

/** How a notebook is shown, besides what its tables hold. */
export type Rendering = {
	/** The values of the parameters: with them there are fields to change them by. */
	arguments?: Arguments;
	/** Parameters that have to be given first: with any, nothing but the fields is shown. */
	missing?: readonly string[];
	choices?: Choices;
	/** Which page of a long table is shown, by the table's name. Without it tables have all their rows. */
	pages?: Readonly<Record<string, number>> | undefined;
	/** What is wrong with SQL that has made no table, by the table's name. */
	failed?: ReadonlyMap<string, Fault>;
	/** Names of tables that there are besides. */
	others?: readonly string[];
};

/** So many times a loop may show its section: each of them is a part of the page. */
const mostTurns = 1000;

/**
 * A notebook with the values of its tables put in, in the reader's language or its only one. What is wrong with a block
 * is told in its place (`fault`) and leaves the others standing; also what was wrong when it was read.
 */
export function renderNotebook(
	notebook: Notebook,
	tables: Tables,
	asked: Locale,
	{ arguments: values, missing = [], choices = {}, pages, failed = new Map(), others = [] }: Rendering = {}
): Model {
	const { header, words } = notebook;
	const locale = languageOf(header, asked);
	const faults: Fault[] = [];
	const footnotes = footnotesOf(notebook.blocks, locale);
	const scope: Scope = {
		tables: inLanguage(tables, locale),
		rows: new Map(),
		locale,
		footnotes,
		failed,
		others,
		pages
	};
	const line = (each: Words | undefined) => {
		try {
			return each ? wordsIn(each, scope) : null;
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			if (missing.length === 0) faults.push({ line: error.line ?? 1, message: error.message });
			return null;
		}
	};
	const inputs = (names: readonly string[] | null) =>
		values ? shownInputs(header, { names, values, missing, choices, locale }) : [];
	const fields = (at: number, names: readonly string[] | null): Block[] => {
		const shown = inputs(names);
		return shown.length ? [{ line: at, kind: 'inputs', inputs: shown }] : [];
	};
	const isPlaced = hasInputs(notebook.blocks);
	const blocks = missing.length
		? fields(1, null)
		: [...(isPlaced ? [] : fields(1, null)), ...renderBlocks(notebook.blocks, scope, { faults, fields })];
	return {
		name: notebook.name,
		locale,
		title: line(words.title) ?? [{ kind: 'text', text: notebook.name }],
		overline: line(words.overline),
		subtitle: line(words.subtitle),
		footer: line(words.footer),
		authors: header.authors,
		blocks,
		footnotes: renderFootnotes(scope, faults),
		definitions: header.definitions.map(({ term, meaning }) => ({
			term: term[locale],
			meaning: meaning[locale]
		})),
		faults: mergedFaults(faults)
	};
}

/** Where faults are noted, and the fields of an inputs block. */
type Place = { faults: Fault[]; fields: (line: number, names: readonly string[] | null) => Block[] };

const hasInputs = (blocks: readonly SourceBlock[]): boolean =>
	blocks.some((block) => block.kind === 'inputs' || ('blocks' in block && hasInputs(block.blocks)));

function renderBlocks(blocks: readonly SourceBlock[], scope: Scope, place: Place): Block[] {
	return blocks.flatMap((block) => {
		try {
			return renderBlock(block, scope, place);
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			return faultBlock(faultIn(scope, error.line ?? block.line, error.message), place);
		}
	});
}

function faultBlock(fault: Fault, { faults }: Place): Block[] {
	faults.push(fault);
	return [{ line: fault.line, kind: 'fault', fault }];
}

function renderBlock(block: SourceBlock, scope: Scope, place: Place): Block[] {
	const line = lineIn(scope, block.line);
	const inside = (blocks: readonly SourceBlock[], within = scope) => renderBlocks(blocks, within, place);
	const text = (inline: readonly Inline[]) => inlineIn(inline, scope);
	switch (block.kind) {
		case 'heading':
			return [{ line, kind: block.kind, level: block.level, text: text(block.text) }];
		case 'paragraph':
			return [{ line, kind: block.kind, text: text(block.text) }];
		case 'list':
			return [{ ...block, line, items: block.items.map((item) => inside(item)) }];
		case 'quote':
			return [{ line, kind: block.kind, blocks: inside(block.blocks) }];
		case 'code':
		case 'rule':
			return [{ ...block, line }];
		case 'grid':
			return [{ ...block, line, head: block.head.map(text), rows: block.rows.map((row) => row.map(text)) }];
		case 'footnote':
		case 'include':
			return [];
		case 'sql': {
			const fault = scope.failed.get(block.name);
			return fault ? faultBlock(fault, place) : [];
		}
		case 'chart':
			return [renderChart(block.spec, line, scope)];
		case 'plot':
			return [renderPlotBlock(block.spec, line, scope)];
		case 'table':
			return [renderTable(block.spec, line, scope)];
		case 'cards':
			return [{ line, kind: block.kind, cards: block.cards.map((card) => renderCard(card, scope)) }];
		case 'inputs':
			return place.fields(line, block.names);
		case 'section':
			return [{ line, kind: block.kind, role: block.role, blocks: inside(block.blocks) }];
		case 'language':
			return block.locale === scope.locale ? inside(block.blocks) : [];
		case 'condition':
			return holds(block.when, scope) ? inside(block.blocks) : [];
		case 'each':
			return oneList(renderTurns(block, scope, place));
		case 'included':
			return inside(block.blocks, {
				...scope,
				within: { name: block.name, line },
				footnotes: footnotesOf(block.blocks, scope.locale, scope.footnotes.mentioned)
			});
		case 'fault':
			return faultBlock(faultIn(scope, block.line, block.message), place);
	}
}

function renderTurns(
	{ table, blocks }: Extract<SourceBlock, { kind: 'each' }>,
	scope: Scope,
	place: Place
): Block[] {
	const { rows } = tableOf(table, scope);
	if (rows.length > mostTurns)
		throw new BlockFault(
			`${table} has ${rows.length} rows, and a loop takes at most ${mostTurns}: choose among them in SQL`
		);
	return rows.flatMap((row) =>
		renderBlocks(blocks, { ...scope, rows: withLast(scope.rows, table, row) }, place)
	);
}

/** The row of a loop comes last also when a loop around it is over the same table. */
function withLast<Key, Value>(before: ReadonlyMap<Key, Value>, key: Key, value: Value): Map<Key, Value> {
	const rows = new Map(before);
	rows.delete(key);
	return rows.set(key, value);
}

/** The lists that a loop makes, one for each row, as the one list that they are meant to be. */
function oneList(blocks: Block[]): Block[] {
	const joined: Block[] = [];
	for (const block of blocks) {
		const last = joined.at(-1);
		if (block.kind === 'list' && last?.kind === 'list' && last.ordered === block.ordered)
			joined[joined.length - 1] = { ...last, items: [...last.items, ...block.items] };
		else joined.push(block);
	}
	return joined;
}

function renderCard({ label, value, note, mark }: CardSpec, scope: Scope) {
	return {
		label: wordsIn(label, scope),
		value: wordsIn(value, scope),
		note: note ? wordsIn(note, scope) : null,
		marked: mark !== undefined && holds(mark, scope)
	};
}

/** The texts of the footnotes that were mentioned; one that mentions another makes the list longer. */
function renderFootnotes(scope: Scope, faults: Fault[]): Model['footnotes'] {
	const notes: Model['footnotes'] = [];
	const { mentioned } = scope.footnotes;
	for (let at = 0; at < mentioned.length; at++) {
		const { text = [], line = 1 } = mentioned[at] ?? {};
		try {
			notes.push({ number: at + 1, text: inlineIn(text, scope) });
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			faults.push({ line: error.line ?? line, message: error.message });
		}
	}
	return notes;
}
