import { pagePalette, type Palette } from './palette.ts';

type Point = [x: number, y: number];

/** A line of the size of a word: its unbroken parts, and its last point where the end is known. */
export type Sparkline = { parts: Point[][]; last: Point | null };

export type SparklineSize = { width: number; height: number; fromZero?: boolean };

const inset = 2.5;

/**
 * The points of a sparkline in a box of the given size. The scale spans at least twenty points up to 100 %, so that
 * what is next to nothing looks like nothing; with `fromZero` it spans from 0 to a little above the greatest.
 */
export function sparkline(
	values: readonly (number | null)[],
	{ width, height, fromZero = false }: SparklineSize
): Sparkline {
	const known = values.filter((value) => value !== null);
	const high = fromZero ? Math.max(0.01, ...known) * 1.15 : Math.max(1, ...known);
	const low = fromZero ? 0 : Math.min(high - 0.2, ...known);
	const at = (value: number, index: number): Point => [
		round(inset + (index / Math.max(1, values.length - 1)) * (width - 2 * inset)),
		round(inset + ((high - value) / (high - low)) * (height - 2 * inset))
	];
	const parts: Point[][] = [];
	values.forEach((value, index) => {
		if (value === null) return;
		if (index === 0 || values[index - 1] === null || parts.length === 0) parts.push([]);
		parts.at(-1)?.push(at(value, index));
	});
	const end = values.at(-1);
	return { parts, last: end === null || end === undefined ? null : at(end, values.length - 1) };
}

/** The sparkline as an SVG that says nothing by itself: its numbers stand beside it. */
export function sparklineSvg(
	values: readonly (number | null)[],
	size: SparklineSize,
	palette: Palette = pagePalette
): string {
	const { parts, last } = sparkline(values, size);
	const lines = parts
		.filter((part) => part.length > 1)
		.map((part) => `M${part.map((p) => p.join(' ')).join('L')}`);
	const alone = parts
		.filter((part) => part.length === 1)
		.map(([point]) => dot(point ?? [0, 0], 1.25, palette.earlier));
	return picture(
		size,
		`${lines.length ? `<path d="${lines.join('')}" fill="none" stroke="${palette.earlier}" stroke-width="1.25" stroke-linejoin="round"/>` : ''}` +
			alone.join('') +
			(last ? dot(last, 2, palette.accent) : '')
	);
}

/** A strip: where the units lie (least, quartiles, greatest) as rules, and a dot for the own share; in its own pixels. */
export type StripCell = {
	whole: [number, number];
	/** Null where the quartiles are not told. */
	middle: [number, number] | null;
	median: number | null;
	own: number | null;
};

/**
 * The places along a strip of the given width. It reaches from the least share of all to the greatest, and at
 * least five points. Null without units to show.
 */
export function stripCell(
	among: readonly (number | null)[],
	own: number | null,
	width: number
): StripCell | null {
	const [least = null, lower = null, median = null, upper = null, greatest = null] = among;
	if (least === null || greatest === null) return null;
	const top = Math.max(greatest, own ?? greatest);
	const low = Math.min(least, own ?? least, Math.max(0, top - 0.05));
	const high = Math.max(top, low + 0.05);
	const span = Math.max(high - low, 0.05);
	const at = (share: number) => round(inset + 1 + ((share - low) / span) * (width - 2 * (inset + 1)));
	return {
		whole: [at(least), at(greatest)],
		middle: lower === null || upper === null ? null : [at(lower), at(upper)],
		median: median === null ? null : at(median),
		own: own === null ? null : at(own)
	};
}

/** The strip as an SVG that says nothing by itself: its numbers stand beside it. */
export function stripCellSvg(
	among: readonly (number | null)[],
	own: number | null,
	size: { width: number; height: number },
	palette: Palette = pagePalette
): string {
	const cell = stripCell(among, own, size.width);
	if (!cell) return '';
	const y = size.height / 2;
	const line = ([from, to]: [number, number], thick: number, stroke: string) =>
		`<path d="M${from} ${y}H${to}" stroke="${stroke}" stroke-width="${thick}"/>`;
	return picture(
		size,
		line(cell.whole, 1, palette.muted) +
			(cell.middle ? line(cell.middle, 5, palette.band) : '') +
			(cell.median === null
				? ''
				: `<path d="M${cell.median} ${y - 4}V${y + 4}" stroke="${palette.earlier}" stroke-width="1.25"/>`) +
			(cell.own === null ? '' : dot([cell.own, y], 3, palette.accent))
	);
}

const dot = ([x, y]: Point, r: number, fill: string) =>
	`<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

const picture = ({ width, height }: { width: number; height: number }, inner: string) =>
	`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${inner}</svg>`;

const round = (value: number) => Math.round(value * 100) / 100;
