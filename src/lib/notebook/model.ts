import type { Locale } from '#lib/catalogue/text.ts';
import type { Align, Picture, Role } from './block.ts';
import type { Fault } from './fault.ts';
import type { ParameterType } from './front-matter.ts';
import type { Inline } from './inline.ts';
import type { ShownPlot } from './plot-spec.ts';
import type { Cell, Row } from './table.ts';

/** A value as it is, as the reader sees it, and where it comes from (`table.column`). */
export type Shown = { value: Cell; text: string; name: string };

/** Running text with its values in it. */
export type Text = Inline<Shown>[];

/** A table as the reader sees it; what stands in a cell, and the number itself. */
export type ShownColumn = {
	name: string;
	label: Text;
	definition: Text | null;
	numeric: boolean;
	format: string;
	as: Picture;
	width: number | null;
	/** bar: from where to where it reaches; heat: the palest and the darkest. Null for the others. */
	domain: readonly [number, number] | null;
};
export type ShownCell = { value: Cell; text: string; own?: number | null; fromZero?: boolean };
export type ShownRow = { marked: boolean; cells: ShownCell[] };

/** A table: its rows, and which part of them when they are only a part; `totals` is its last row, set off. */
export type TableBlock = {
	kind: 'table';
	line: number;
	/** The name of the table that it shows. */
	from: string;
	title: Text;
	sheet: string;
	dense: boolean;
	intro: Text | null;
	note: Text | null;
	columns: ShownColumn[];
	rows: ShownRow[];
	totals: ShownCell[] | null;
	/** Which rows these are, counted from 1, of how many. Null where these are all. */
	page: { from: number; to: number; of: number; page: number; pages: number } | null;
	/** The SQL gave more rows than a run keeps; what there is of them is shown. */
	isCut: boolean;
	empty: Text | null;
};

/** One of the values to choose among: what it is in the address, and what it is to a reader; groups stand together. */
export type ShownChoice = { value: string; label: string; group?: string | undefined };

/** A parameter as a field. `text` is what was chosen, to a reader; `missing` that it has to be given and is not. */
export type ShownInput = {
	name: string;
	type: ParameterType;
	label: string;
	value: string;
	text: string;
	choices: ShownChoice[] | null;
	missing: boolean;
};

/** A block of a notebook that has been run, with the line of the notebook on which it begins. */
export type Block = { line: number } & (
	| { kind: 'heading'; level: 1 | 2 | 3; text: Text }
	| { kind: 'paragraph'; text: Text }
	| { kind: 'list'; ordered: boolean; items: Block[][] }
	| { kind: 'quote'; blocks: Block[] }
	| { kind: 'code'; text: string }
	| { kind: 'rule' }
	| { kind: 'grid'; head: Text[]; align: Align[]; rows: Text[][] }
	| { kind: 'cards'; cards: { label: Text; value: Text; note: Text | null; marked: boolean }[] }
	| { kind: 'inputs'; inputs: ShownInput[] }
	| TableBlock
	| ChartBlock
	| { kind: 'section'; role: Role; blocks: Block[] }
	| { kind: 'fault'; fault: Fault }
);

/** A chart that is still to be drawn: `chart` is its kind, `settings` the options of that kind. */
export type ChartBlock = {
	kind: 'chart';
	line: number;
	chart: string;
	title: Text;
	/** The name of the sheet of its numbers in a workbook. */
	sheet: string;
	alt: Text;
	note: Text | null;
	/** As a part of its width; null for what is usual for its kind. */
	height: number | null;
	/** The columns of its table, also when that has no rows. */
	columns: readonly string[];
	rows: readonly Row[];
	settings: unknown;
	/** What a chart of marks is drawn from; null for one of a kind. */
	plot: ShownPlot | null;
};

/** A notebook that has been run, for one reader: what page, paper and workbook are made from. */
export type Model = {
	name: string;
	locale: Locale;
	title: Text;
	overline: Text | null;
	subtitle: Text | null;
	footer: Text | null;
	authors: readonly string[];
	blocks: Block[];
	/** In the order of their numbers, which begin with 1. */
	footnotes: { number: number; text: Text }[];
	definitions: { term: string; meaning: string }[];
	/** What the blocks that are faults say, in the order of the notebook; empty when all is well. */
	faults: Fault[];
};

/** All blocks, with those inside sections and lists, in the order in which they are read. */
export function everyBlock(blocks: readonly Block[]): Block[] {
	return blocks.flatMap((block) => {
		if (block.kind === 'section' || block.kind === 'quote') return [block, ...everyBlock(block.blocks)];
		if (block.kind === 'list') return [block, ...block.items.flatMap(everyBlock)];
		return [block];
	});
}
