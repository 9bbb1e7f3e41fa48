import type { Condition, Picture, totalKinds, Words } from './block.ts';
import type { PlotSpec } from './plot-spec.ts';

/** A setting of a chart, with its texts read. */
export type Setting =
	number | boolean | null | Words | { list: Setting[] } | { settings: Record<string, Setting> };

/** What every chart says: of which rows it is, and its texts. `match`: only rows equal to the loop's in these columns. */
export type ChartWords = {
	from: string;
	title: Words;
	alt: Words;
	note?: Words | undefined;
	sheet?: Words | undefined;
	height?: number | undefined;
	match?: string[] | undefined;
};

export type ChartSpec = ChartWords & { kind: string; set: Record<string, Setting> };
export type PlacedPlot = ChartWords & PlotSpec;

/** What stands under a column: what it comes to, the sum of one column over that of another, or a text. */
export type Total =
	{ kind: (typeof totalKinds)[number] } | { of: [numerator: string, denominator: string] } | { words: Words };

export type ColumnSpec = {
	column: string;
	label: Words;
	definition?: Words | undefined;
	format: string;
	argument: string;
	as: Picture;
	own?: string | undefined;
	fromZero?: string | undefined;
	domain?: [number, number] | undefined;
	total?: Total | undefined;
	width?: number | undefined;
};

export type TableSpec = {
	from: string;
	title: Words;
	intro?: Words | undefined;
	note?: Words | undefined;
	empty?: Words | undefined;
	columns: ColumnSpec[];
	sort: { column: string; descending: boolean }[];
	mark?: string | undefined;
	dense: boolean;
	/** How many rows stand on a page of the screen. */
	rows?: number | undefined;
	match?: string[] | undefined;
	sheet?: Words | undefined;
};

export type CardSpec = {
	label: Words;
	value: Words;
	note?: Words | undefined;
	mark?: Condition | undefined;
};
