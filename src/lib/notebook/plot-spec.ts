import type { z } from 'zod';
import type { Words, WrittenWords } from './block.ts';
import { BlockFault } from './fault.ts';
import { readInline, type ValueSource } from './inline.ts';
import { dayPattern, plotColours, valuePattern, writtenPlot, type MarkName } from './plot-schema.ts';
import type { Cell } from './table.ts';
import { readWords } from './words.ts';

export { writtenPlot, type MarkName };
export type WrittenPlot = z.infer<typeof writtenPlot>;

/** Where a mark stands: a column, or one place for all rows. */
export type Channel = { column: string } | { value: number | string };
/** As it is written: the place may still be a value of a table. */
export type WrittenChannel = Channel | { source: ValueSource };

/** A colour: told by a column, or one of the palette's own. */
export type PlotColour = { column: string } | { colour: (typeof plotColours)[number] };

export const channelNames = ['x', 'x1', 'x2', 'y', 'y1', 'y2', 'r'] as const;
export type ChannelName = (typeof channelNames)[number];

/** A format and its argument, as in a value. */
export type PlotFormat = { name: string; argument: string };

/** A mark, whatever its kind: the kind says which of these it has. */
export type PlotMark<Text, Place> = {
	mark: MarkName;
	channels: Partial<Record<ChannelName, Place>>;
	fill?: PlotColour;
	stroke?: PlotColour;
	/** Columns. */
	z?: string;
	title?: string;
	text?: string;
	filter?: string;
	weight?: string;
	sort?: { column: string; descending: boolean };
	label?: Text;
	opacity?: number;
	width?: number;
	dash?: boolean;
	points?: boolean;
	labels?: boolean;
	bold?: boolean;
	share?: boolean;
	bins?: number;
	curve?: 'straight' | 'step' | 'smooth';
	stack?: 'stacked' | 'grouped' | 'share';
	place?: 'above' | 'below' | 'left' | 'right' | 'over';
	format?: PlotFormat;
};

export type PlotAxis<Text> = {
	type?: 'linear' | 'log' | 'sqrt' | 'time' | 'band' | 'point';
	domain?: (string | number)[];
	label?: Text;
	percent?: boolean;
	grid?: boolean;
	zero?: boolean;
	reverse?: boolean;
	axis?: boolean;
	ticks?: number | (string | number)[];
	format?: PlotFormat;
};

export type PlotColourScale<Text> = {
	type?: 'linear' | 'log' | 'sqrt';
	domain?: (string | number)[];
	range?: (typeof plotColours)[number][];
	scheme?: 'accent' | 'attention' | 'grey' | 'diverging';
	legend?: boolean;
	label?: Text;
	percent?: boolean;
	format?: PlotFormat;
	reverse?: boolean;
};

type Plot<Text, Place> = {
	marks: PlotMark<Text, Place>[];
	facet?: { x?: string; y?: string; columns?: number };
	x?: PlotAxis<Text>;
	y?: PlotAxis<Text>;
	color?: PlotColourScale<Text>;
	/** What columns are called in the table of the numbers. */
	labels?: Record<string, Text>;
};

/** A chart in its own words, with its texts read. Title, alt, note, sheet, height and `from` belong to the block. */
export type PlotSpec = Plot<Words, WrittenChannel>;

/** A chart in its own words as it is drawn: every text and value filled in. */
export type ShownPlot = Plot<string, Channel>;

/** Reads the texts and channels of a chart in its own words. Throws a BlockFault. */
export function readPlot({ marks, facet, x, y, color, labels }: WrittenPlot): PlotSpec {
	return {
		marks: marks.flatMap((mark) =>
			Object.entries(mark).flatMap(([name, options]) =>
				options ? [readMark(name as MarkName, options)] : []
			)
		),
		facet,
		x: x && readScale(x),
		y: y && readScale(y),
		color: color && readScale(color),
		labels:
			labels && Object.fromEntries(Object.entries(labels).map(([name, words]) => [name, readWords(words)]))
	};
}

type WrittenMark = Partial<Record<ChannelName, number | string>> & {
	fill?: string;
	stroke?: string;
	sort?: string;
	label?: WrittenWords;
	format?: string;
};

function readMark(mark: MarkName, options: WrittenMark): PlotMark<Words, WrittenChannel> {
	const { x, x1, x2, y, y1, y2, r, fill, stroke, sort, label, format, ...rest } = options;
	const channels: PlotMark<Words, WrittenChannel>['channels'] = {};
	for (const [name, written] of Object.entries({ x, x1, x2, y, y1, y2, r }))
		if (written !== undefined) channels[name as ChannelName] = readChannel(written);
	return {
		...rest,
		mark,
		channels,
		fill: fill === undefined ? undefined : readColour(fill),
		stroke: stroke === undefined ? undefined : readColour(stroke),
		sort:
			sort === undefined ? undefined : { column: sort.replace('-', ''), descending: sort.startsWith('-') },
		label: label === undefined ? undefined : readWords(label),
		format: readFormat(format)
	};
}

function readChannel(written: number | string): WrittenChannel {
	if (typeof written === 'number' || dayPattern.test(written)) return { value: written };
	if (!valuePattern.test(written)) return { column: written };
	const [only] = readInline(written);
	if (only?.kind !== 'value') throw new BlockFault(`${written} is no value: write {table.column}`);
	return { source: only.value };
}

function readColour(written: string): PlotColour {
	const colour = plotColours.find((each) => each === written);
	return colour ? { colour } : { column: written };
}

function readFormat(written: string | undefined): PlotFormat | undefined {
	if (written === undefined) return undefined;
	const [name = '', argument = ''] = written.split(/\s+/);
	return { name, argument };
}

const readScale = <Scale extends { label?: WrittenWords; format?: string }>({
	label,
	format,
	...rest
}: Scale) => ({
	...rest,
	label: label === undefined ? undefined : readWords(label),
	format: readFormat(format)
});

/**
 * A chart with its texts and values filled in, for one reader.
 *
 * @param words a text in the reader's language
 * @param value the value of a table that a place is taken from. Throws a BlockFault for one that is no place.
 */
export function renderPlot(
	spec: PlotSpec,
	words: (words: Words) => string,
	value: (source: ValueSource) => Cell
): ShownPlot {
	const scale = <Scale extends { label?: Words }>({ label, ...rest }: Scale) => ({
		...rest,
		label: label && words(label)
	});
	const channel = (written: WrittenChannel): Channel => {
		if (!('source' in written)) return written;
		const found = value(written.source);
		if (typeof found === 'number' || (typeof found === 'string' && dayPattern.test(found)))
			return { value: found };
		throw new BlockFault(`${written.source.written} is no place in a chart: it has to be a number or a day`);
	};
	return {
		...spec,
		marks: spec.marks.map(({ label, channels, ...mark }) => ({
			...mark,
			label: label && words(label),
			channels: Object.fromEntries(Object.entries(channels).map(([name, each]) => [name, channel(each)]))
		})),
		x: spec.x && scale(spec.x),
		y: spec.y && scale(spec.y),
		color: spec.color && scale(spec.color),
		labels:
			spec.labels &&
			Object.fromEntries(Object.entries(spec.labels).map(([name, label]) => [name, words(label)]))
	};
}
