import { BlockFault } from '#lib/notebook/fault.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { PlotColour, ShownPlot } from '#lib/notebook/plot-spec.ts';
import { compared, shownValue, type PlotSource, type Value } from './plot-columns.ts';
import { paperPalette, type Palette } from './palette.ts';
import { decimalsOf, niceStep } from './plot-numbers.ts';
import { writeValue } from './plot-write.ts';

/** How values become colours: names each with its own, or amounts along a ramp. */
export type ColourScale =
	| { kind: 'none' }
	| {
			kind: 'names';
			names: Value[];
			paint: (value: Value, palette: Palette) => string;
			write: (value: Value) => string;
	  }
	| {
			kind: 'amounts';
			low: number;
			high: number;
			paint: (value: Value, palette: Palette) => string;
			/** Where along the ramp a value lies, 0–1. */
			part: (value: Value) => number;
			write: (value: Value) => string;
	  };

const seriesMarks = ['line', 'lineY', 'areaY', 'barX', 'barY', 'regressionY', 'bin', 'boxX', 'boxY'];

/** One of the palette's own colours by its name. */
export const named = (
	colour: NonNullable<Extract<PlotColour, { colour: string }>>['colour'],
	palette: Palette
) => palette[colour];

/** A colour between the ground and another: 0 is the ground. On a page the browser mixes, so that dark follows. */
export const mixed = (colour: string, part: number, palette: Palette) =>
	between(colour, palette.ground, part, palette);

/** A colour of lines as one of letters, which have to differ more from the ground. */
export const lettered = (colour: string, palette: Palette) =>
	colour === palette.accent || colour === palette.attention || colour === palette.ink
		? colour
		: between(colour, palette.ink, 0.6, palette);

function between(colour: string, other: string, part: number, palette: Palette): string {
	const parts = Math.round(part * 100);
	if (parts >= 100) return colour;
	if (palette !== paperPalette) return `color-mix(in srgb, ${colour} ${parts}%, ${other})`;
	const channel = (at: number) => {
		const [one, two] = [colour, other].map((hex) => parseInt(hex.slice(at, at + 2), 16));
		return Math.round(((one ?? 0) * parts + (two ?? 0) * (100 - parts)) / 100)
			.toString(16)
			.padStart(2, '0');
	};
	return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** The colours of a chart. Throws a BlockFault for more names than there are colours, and for a domain that does not fit. */
export function colourScale(plot: ShownPlot, source: PlotSource, locale: Locale): ColourScale {
	const used = plot.marks.flatMap(({ mark, fill, stroke }) =>
		[fill, stroke].flatMap((colour) =>
			colour && 'column' in colour ? [{ mark, column: colour.column }] : []
		)
	);
	if (used.length === 0) return { kind: 'none' };
	const isAmount = used.every(
		({ mark, column }) => ['number', 'empty'].includes(source.kind(column)) && !seriesMarks.includes(mark)
	);
	const values = used.flatMap(({ column }) => source.values(column)).filter((value) => value !== null);
	return isAmount
		? amounts(values.map(Number), plot.color ?? {}, locale)
		: names(
				values,
				plot.color ?? {},
				locale,
				used.map(({ column }) => column)
			);
}

type ScaleSpec = NonNullable<ShownPlot['color']>;

function names(values: readonly Value[], spec: ScaleSpec, locale: Locale, columns: string[]): ColourScale {
	const seen = [...new Set(values)];
	const domain =
		spec.domain ??
		(seen.every((value) => typeof value === 'number') ? seen.toSorted((a, b) => compared(a, b)) : seen);
	const all = spec.reverse ? domain.toReversed() : domain;
	const write = (value: Value) => writeValue(value, { locale, format: spec.format, percent: spec.percent });
	for (const name of spec.domain ?? [])
		if (values.length > 0 && !seen.some((value) => String(value) === String(name)))
			throw new BlockFault(
				`color: domain names ${shownValue(name)}, which ${columns.join(' and ')} does not hold: it holds ${seen.slice(0, 8).map(shownValue).join(', ')}`
			);
	const at = (value: Value) => all.findIndex((name) => String(name) === String(value));
	const { range } = spec;
	if (range && range.length < all.length)
		throw new BlockFault(
			`color: range has ${range.length} colours for ${all.length} names: write one for each`
		);
	// many that have an order, as years, are shades of one colour
	const isOrdered =
		all.every((value) => typeof value === 'number') && (all.length > 6 || spec.scheme !== undefined);
	if (!range && !isOrdered && all.length > 6)
		throw new BlockFault(
			`there are 6 colours to tell names apart, and ${columns.join(' and ')} holds ${all.length}: name those to look at in color: domain (the others become grey), draw them with z and one stroke, or use facet`
		);
	return {
		kind: 'names',
		names: all,
		write,
		paint: (value, palette) => {
			const place = at(value);
			if (place < 0) return palette.muted;
			if (range) return palette[range[place] ?? 'muted'];
			if (isOrdered)
				return mixed(hue(spec.scheme, palette), 0.3 + (0.7 * place) / Math.max(1, all.length - 1), palette);
			return palette.categories[place] ?? palette.muted;
		}
	};
}

const hue = (scheme: ScaleSpec['scheme'], palette: Palette) =>
	scheme === 'attention' ? palette.attention : scheme === 'grey' ? palette.ink : palette.accent;

function amounts(values: readonly number[], spec: ScaleSpec, locale: Locale): ColourScale {
	const ends = spec.domain?.map(Number) ?? [];
	if (ends.some((end) => !Number.isFinite(end)) || (spec.domain && ends.length < 2))
		throw new BlockFault('color: domain has to be two numbers, from the least to the greatest');
	const least = ends[0] ?? values.reduce((a, b) => Math.min(a, b), Infinity);
	const most = ends.at(-1) ?? values.reduce((a, b) => Math.max(a, b), -Infinity);
	if (spec.type === 'log' && !(least > 0) && values.length > 0)
		throw new BlockFault('color: a log scale has no place for 0 or less: leave such rows out, or take sqrt');
	const diverging = spec.scheme === 'diverging';
	const reach = Math.max(Math.abs(least), Math.abs(most));
	const [low, high] =
		values.length === 0 && !spec.domain
			? [0, 1]
			: diverging && !spec.domain
				? [-reach, reach]
				: [least, most];
	const bend = (value: number) =>
		spec.type === 'log'
			? Math.log(value)
			: spec.type === 'sqrt'
				? Math.sign(value) * Math.sqrt(Math.abs(value))
				: value;
	const part = (value: Value) => {
		const place = (bend(Number(value)) - bend(low)) / (bend(high) - bend(low));
		const within = Number.isFinite(place) ? Math.min(1, Math.max(0, place)) : 0.5;
		return spec.reverse ? 1 - within : within;
	};
	const decimals = decimalsOf(niceStep((high - low) * (spec.percent ? 100 : 1), 10));
	return {
		kind: 'amounts',
		low,
		high,
		part,
		write: (value) => writeValue(value, { locale, format: spec.format, percent: spec.percent, decimals }),
		paint: (value, palette) => {
			if (value === null) return 'none';
			const place = part(value);
			if (diverging)
				return place < 0.5
					? mixed(palette.attention, (0.5 - place) * 2, palette)
					: mixed(palette.accent, (place - 0.5) * 2, palette);
			return mixed(hue(spec.scheme, palette), 0.08 + 0.92 * place, palette);
		}
	};
}
