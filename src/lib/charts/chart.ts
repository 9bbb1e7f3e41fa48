import type { Locale } from '#lib/catalogue/text.ts';
import { pagePalette, type Palette } from './palette.ts';

/** Where and for whom a chart is drawn. Without a document of its own it is drawn into the browser's. */
export type ChartOptions = {
	locale: Locale;
	width?: number;
	height?: number;
	document?: Document;
	palette?: Palette;
};

/** A number of a chart as it is (for a workbook) and as a reader sees it. */
export type ChartCell = { value: string | number | null; text: string };

/** A chart's numbers as a table, in the reader's language; the first column heads the row. */
export type ChartTable = { columns: { label: string; numeric: boolean }[]; rows: ChartCell[][] };

/** A cell with a text, or with a number and how it is written; no number is a dash. */
export const named = (text: string): ChartCell => ({ value: text, text });
export const counted = (value: number | null, write: (value: number) => string): ChartCell => ({
	value,
	text: value === null ? '–' : write(value)
});

/** The size of a chart's text, in the chart's own pixels. */
export const fontSize = 13;

/** About how wide a text is, in the chart's own pixels, bold or not. */
export const textWidth = (text: string) => text.length * fontSize * 0.52;

/** The options as a chart uses them, and those that every plot shares. */
export function framed({ locale, width = 640, height, document, palette = pagePalette }: ChartOptions) {
	return {
		locale,
		palette,
		width,
		height,
		plot: { document: document ?? globalThis.document, className: 'chart', width }
	};
}

/** The heights of labels at a line's end, moved apart where they would lie on each other; order is kept. */
export function apart(heights: readonly number[], gap = fontSize * 1.25): number[] {
	const order = heights.map((height, index) => ({ height, index })).toSorted((a, b) => a.height - b.height);
	const moved = order.map(({ height }) => height);
	for (let pass = 0; pass < order.length; pass++)
		for (let at = 1; at < moved.length; at++) {
			const above = moved[at - 1] ?? 0;
			const below = moved[at] ?? 0;
			const lack = gap - (below - above);
			if (lack <= 0) continue;
			moved[at - 1] = above - lack / 2;
			moved[at] = below + lack / 2;
		}
	const placed = heights.slice();
	order.forEach(({ index }, at) => (placed[index] = moved[at] ?? 0));
	return placed;
}

/** A round number not above `value`, and not far under it: the beginning of an axis that need not start at 0. */
export function niceBelow(value: number, range: number): number {
	const step = niceAbove(range) / 5;
	return Math.max(0, Math.floor(value / step) * step);
}

/** A round number not below `value`, of which ticks can be made: 1, 2, 2.5, 5 or 10 times a power of ten. */
export function niceAbove(value: number): number {
	if (!(value > 0)) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	return (
		([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * 0.999999) ?? 10) * power
	);
}
