import { plain } from '#lib/notebook/inline.ts';
import type { Picture } from '#lib/notebook/block.ts';
import type { ShownColumn, ShownRow } from '#lib/notebook/model.ts';

/** The width of the text on paper, and the space between columns, in points. */
export const paperWidth = 481.9;
export const columnSpace = 9;

/** Advance widths of Source Sans 3 in ems, to the nearest above: the tables' columns are made to fit before they are set. */
const advances: [width: number, characters: string][] = [
	[0.12, '\u202f'],
	[0.2, ' \u00a0'],
	[0.27, "ijlI.,:;'"],
	[0.35, 'frt()-/!'],
	[0.43, 's?"z'],
	[0.51, 'acegkvxyåäé0123456789+−–<>=JFLY'],
	[0.57, 'bdhnopquöüABCEPRSTXÅÄ'],
	[0.67, 'DGHKNOQUVZÖ&●'],
	[0.83, 'mwMW%']
];
const advanceOf = new Map(
	advances.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const))
);
const unknownAdvance = 0.85;

/** About how wide a text is at a size, rather too wide than too narrow. */
export function paperTextWidth(text: string, size: number): number {
	let ems = 0;
	for (const character of text) ems += advanceOf.get(character) ?? unknownAdvance;
	return ems * size;
}

/** The sizes of a table's text and of its head, in points. */
export const tableSizes = (dense: boolean) => ({ text: dense ? 8.5 : 9.5, head: 8 });

/** A column's width in points where it is as wide as what it holds; else its part of what is left. */
export type PaperWidth = { points: number } | { part: number };

/** The mark of a row to look at, before the text of its first column. */
const markWidth = (size: number) => paperTextWidth('●', size) + 3;

/**
 * How wide the columns are to be, so that Typst need not set every cell twice to find out; and which rows have a
 * text that takes more than one line.
 */
export function paperColumns(
	columns: readonly ShownColumn[],
	rows: readonly ShownRow[],
	dense: boolean,
	pictureWidth: (as: Picture) => number
): { widths: PaperWidth[]; wraps: boolean[] } {
	const { text, head } = tableSizes(dense);
	const marked = rows.some((row) => row.marked);
	const cellWidth = (row: ShownRow, at: number) =>
		paperTextWidth(row.cells[at]?.text ?? '', text) + (at === 0 && row.marked ? markWidth(text) : 0);
	const widths = columns.map(({ label, as, width }, at): PaperWidth => {
		if (width !== null) return { part: width };
		const name = plain(label);
		// a longer head stands on two lines, but no word of it is torn apart
		const whole = paperTextWidth(name, head) / (name.length > 13 ? 1.6 : 1);
		const headWidth = Math.max(whole, ...name.split(' ').map((word) => paperTextWidth(word, head)));
		const written = rows.reduce((widest, row) => Math.max(widest, cellWidth(row, at)), 0);
		const content = written + pictureWidth(as);
		return { points: Math.ceil(Math.max(headWidth, content) + (at === 0 && marked ? 1 : 0.5)) };
	});
	const fixed = widths.reduce((sum, width) => sum + ('points' in width ? width.points : 0), 0);
	const parts = widths.reduce((sum, width) => sum + ('part' in width ? width.part : 0), 0);
	// the space before a column that has a part of what is left lies within that part
	const spaces = widths.filter((width, at) => at > 0 && 'points' in width).length;
	const left = paperWidth - fixed - columnSpace * spaces;
	const room = (part: number, at: number) => (part / parts) * left - (at === 0 ? 0 : columnSpace);
	const wraps = rows.map((row) =>
		widths.some((width, at) => 'part' in width && cellWidth(row, at) > room(width.part, at))
	);
	return { widths, wraps };
}
