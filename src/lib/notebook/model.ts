import type { Locale } from '#lib/catalogue/text.ts';
import type { Role } from './block.ts';
import type { Fault } from './fault.ts';
import type { Inline } from './inline.ts';
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
	as: 'text' | 'sparkline' | 'strip';
	width: number | null;
};
export type ShownCell = { value: Cell; text: string; own?: number | null; fromZero?: boolean };
export type ShownRow = { marked: boolean; cells: ShownCell[] };

/** A block of a notebook that has been run. */
export type Block =
	| { kind: 'heading'; level: 1 | 2 | 3; text: Text }
	| { kind: 'paragraph'; text: Text }
	| { kind: 'list'; ordered: boolean; items: Block[][] }
	| { kind: 'cards'; cards: { label: Text; value: Text; note: Text | null; marked: boolean }[] }
	| {
			kind: 'table';
			title: Text;
			sheet: string;
			dense: boolean;
			intro: Text | null;
			note: Text | null;
			columns: ShownColumn[];
			rows: ShownRow[];
			empty: Text | null;
	  }
	| ChartBlock
	| { kind: 'section'; role: Role; blocks: Block[] }
	| { kind: 'fault'; fault: Fault };

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
	rows: readonly Row[];
	settings: unknown;
};

/** A notebook that has been run, for one reader: what page, paper and workbook are made from. */
export type Model = {
	name: string;
	locale: Locale;
	title: Text;
	overline: Text | null;
	subtitle: Text | null;
	footer: Text | null;
	blocks: Block[];
	definitions: { term: string; meaning: string }[];
	/** What the blocks that are faults say, in the order of the notebook; empty when all is well. */
	faults: Fault[];
};

/** All blocks, with those inside sections and lists, in the order in which they are read. */
export function everyBlock(blocks: readonly Block[]): Block[] {
	return blocks.flatMap((block) => {
		if (block.kind === 'section') return [block, ...everyBlock(block.blocks)];
		if (block.kind === 'list') return [block, ...block.items.flatMap(everyBlock)];
		return [block];
	});
}
