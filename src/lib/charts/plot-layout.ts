import type { Locale } from '#lib/catalogue/text.ts';
import { fontSize, textWidth } from './chart.ts';
import type { Value } from './plot-columns.ts';
import type { Prepared } from './plot-prepared.ts';
import type { Ordinal, Scale, Tick } from './plot-scales.ts';
import { monthShortName } from '#lib/format/days.ts';
import { monthNumber } from '#lib/period/birth-month.ts';
import { kindOfValue } from './plot-columns.ts';
import { shortened, writeValue } from './plot-write.ts';

/** How the small charts lie, and the room around them, in the chart's own pixels. */
export type Layout = {
	width: number;
	height: number;
	top: number;
	right: number;
	bottom: number;
	left: number;
	/** Room above the frame of the first row for what is not an axis: the legend's end is at `legend`. */
	legend: number;
	columns: number;
	rows: number;
	/** The small charts in reading order; one with no name where there are no facets. */
	cells: { column: number; row: number; name: string }[];
	/** The size of one frame. */
	inner: { width: number; height: number };
	/** Parts of a step that lie between small charts. */
	gaps: { x: number; y: number };
	xTicks: Tick[];
	yTicks: Tick[];
	/** How far the names under the frame are turned, in degrees, and how many lines they take. */
	turned: number;
};

export const lineHeight = fontSize * 1.2;
/** The room that one name has on a band or point axis. */
export const stepOf = (scale: Ordinal, length: number) =>
	length / (scale.names.length + (scale.type === 'band' ? scale.gap : 0) || 1);
/** The width of a band, the rest is gap. */
export const bandOf = (scale: Ordinal, length: number) => stepOf(scale, length) * (1 - scale.gap);

type Room = { width: number; height?: number; legendRows: number; right: number; ruleLabels: boolean };

/** Lays a chart out. What the axes say decides the margins, and the margins how much the axes can say. */
export function layoutOf(prepared: Prepared, { width, height, legendRows, right, ruleLabels }: Room): Layout {
	const { plot, x, y, facets, locale } = prepared;
	const isFaceted = facets.x.length > 0 || facets.y.length > 0;
	const legend = legendRows * 20 + (legendRows ? 6 : 0);
	const top =
		10 + legend + (plot.y?.label ? 20 : 0) + (isFaceted ? 22 : 0) + (ruleLabels && !isFaceted ? 16 : 0);
	const yTexts = y.kind === 'ordinal' ? y.names.map(y.write) : y.ticks(5).map(({ text }) => text);
	const showY = plot.y?.axis ?? true;
	const widest = Math.max(0, ...yTexts.map(textWidth));
	const left = showY ? Math.min(width * 0.38, widest) + 12 : 8;
	const isEmpty = prepared.shapes.every(({ items }) => items.length === 0);
	const nameOf = (value: Value) => writeValue(value, { locale });
	const both = facets.x.length > 0 && facets.y.length > 0;
	const room = width - left - Math.max(right, 12);
	const wanted =
		plot.facet?.columns ??
		(facets.y.length > 0 ? facets.x.length : Math.min(facets.x.length, Math.floor(room / 170)));
	const columns = both
		? facets.x.length
		: Math.max(1, Math.min(wanted || 1, facets.x.length || 1, Math.floor(room / 120) || 1));
	const rows = both ? facets.y.length : facets.y.length || Math.max(1, Math.ceil(facets.x.length / columns));
	const cells = both
		? facets.y.flatMap((down, row) =>
				facets.x.map((across, column) => ({ column, row, name: `${nameOf(across)}, ${nameOf(down)}` }))
			)
		: facets.y.length > 0
			? facets.y.map((value, row) => ({ column: 0, row, name: nameOf(value) }))
			: facets.x.length > 0
				? facets.x.map((value, at) => ({
						column: at % columns,
						row: Math.floor(at / columns),
						name: nameOf(value)
					}))
				: [{ column: 0, row: 0, name: '' }];

	const gapX = columns > 1 ? 18 / (room / columns) : 0;
	const innerWidth = (room / (columns - gapX)) * (1 - gapX);
	const {
		ticks: xTicks,
		turned,
		depth
	} = acrossTicks(x, innerWidth, (plot.x?.axis ?? true) && !isEmpty, locale, left);
	const bottom = depth + (plot.x?.label ? 20 : 0) + 6;
	const frame =
		rows > 1 || isFaceted ? Math.max(90, Math.min(160, innerWidth * 0.6)) : Math.max(190, width * 0.4);
	const usual =
		y.kind === 'ordinal' ? rows * Math.max(48, y.names.length * 26) : rows * frame + (rows - 1) * 30;
	// what the writer asks for, but never so little that nothing can be read
	const least =
		y.kind === 'ordinal'
			? rows * y.names.length * (fontSize + 2)
			: rows * (isFaceted ? 70 : 130) + (rows - 1) * 30;
	const body = Math.max(least, height === undefined ? usual : height - top - bottom);
	const gapY = rows > 1 ? Math.min(0.5, 30 / (body / rows)) : 0;
	const innerHeight = (body / (rows - gapY)) * (1 - gapY);
	const most = Math.max(4, Math.floor((left - 12) / (fontSize * 0.52)) + 1);
	return {
		width,
		height: Math.round(top + body + bottom),
		top,
		right: Math.max(right, 12),
		bottom,
		left,
		legend,
		columns,
		rows,
		cells,
		inner: { width: innerWidth, height: innerHeight },
		gaps: { x: gapX, y: gapY },
		xTicks,
		yTicks: showY && !isEmpty ? alongTicks(y, innerHeight, most) : [],
		turned
	};
}

/** Names at the left, each short enough for its room; numbers a hand's breadth apart. */
function alongTicks(scale: Scale, height: number, most: number): Tick[] {
	if (scale.kind === 'continuous') return scale.ticks(Math.max(2, Math.min(6, Math.floor(height / 42))));
	const every = Math.max(1, Math.ceil(fontSize / stepOf(scale, height)));
	return scale.names.flatMap((name, at) =>
		at % every === 0 ? [{ at: name, text: shortened(scale.write(name), most) }] : []
	);
}

/** What stands under the frame, and how deep it goes: names are broken, then turned, then left out where they do not fit. */
function acrossTicks(
	scale: Scale,
	width: number,
	isShown: boolean,
	locale: Locale,
	left: number
): { ticks: Tick[]; turned: number; depth: number } {
	if (!isShown) return { ticks: [], turned: 0, depth: 4 };
	const depthOf = (ticks: Tick[]) =>
		10 + lineHeight * Math.max(1, ...ticks.map(({ text }) => text.split('\n').length));
	if (scale.kind === 'continuous') {
		for (let count = Math.max(2, Math.floor(width / (scale.type === 'time' ? 52 : 70))); count > 1; count--) {
			const ticks = scale.ticks(count);
			const longest = Math.max(...ticks.flatMap(({ text }) => text.split('\n').map(textWidth)));
			if ((longest + 8) * (ticks.length - 1) <= width) return { ticks, turned: 0, depth: depthOf(ticks) };
		}
		const ticks = scale.ticks(2);
		return { ticks, turned: 0, depth: depthOf(ticks) };
	}
	const step = stepOf(scale, width);
	if (scale.names.every((name) => kindOfValue(name) !== 'text')) {
		const ticks = orderedTicks(scale, step, locale);
		return { ticks, turned: 0, depth: depthOf(ticks) };
	}
	const names = scale.names.map((at) => ({ at, text: scale.write(at) }));
	if (names.every(({ text }) => textWidth(text) <= step))
		return { ticks: names, turned: 0, depth: depthOf(names) };
	const broken = names.map(({ at, text }) => ({ at, text: brokenText(text, step) }));
	if (
		broken.every(
			({ text }) => text.split('\n').length <= 3 && text.split('\n').every((line) => textWidth(line) <= step)
		)
	)
		return { ticks: broken, turned: 0, depth: depthOf(broken) };
	const every = Math.max(1, Math.ceil(fontSize / step));
	// the first of the turned names must not reach out at the left
	const before = Math.floor((left + step / 2) / 0.77 / (fontSize * 0.52));
	const short = names
		.filter((_, at) => at % every === 0)
		.map(({ at, text }, index) => ({ at, text: shortened(text, index === 0 ? Math.min(20, before) : 20) }));
	return {
		ticks: short,
		turned: -40,
		depth: 16 + 0.65 * Math.max(...short.map(({ text }) => textWidth(text)))
	};
}

/** Every name, or every second, third, sixth … of names that have an order, so that they do not touch. */
function orderedTicks({ names, write, hasFormat }: Ordinal, step: number, locale: Locale): Tick[] {
	const areMonths =
		!hasFormat &&
		names.every((name) => typeof name === 'string' && (name.length === 7 || name.endsWith('-01')));
	const texts = names.map((at, index): Tick => {
		if (!areMonths || typeof at !== 'string') return { at, text: write(at) };
		return { at, text: `${index}` };
	});
	const widest = areMonths ? 34 : Math.max(...texts.map(({ text }) => textWidth(text))) + 8;
	const every = [1, 2, 3, 6, 12, 24, 60, 120].find((each) => each * step >= widest) ?? 240;
	const first =
		areMonths && every > 1
			? Math.max(
					0,
					names.findIndex((name) => String(name).slice(5, 7) === '01')
				) % every
			: 0;
	const kept = texts.filter((_, at) => at % every === first);
	if (!areMonths) return kept;
	return kept.map(({ at }, index) => {
		const name = String(at);
		const before = String(kept[index - 1]?.at ?? '').slice(0, 4);
		const month = every >= 12 ? '' : monthShortName(monthNumber(name.slice(0, 7)), locale);
		const year = before === name.slice(0, 4) ? '' : name.slice(0, 4);
		return { at, text: [month, year].filter(Boolean).join('\n') };
	});
}

/** A text on as many lines as its words need in a width. */
function brokenText(text: string, width: number): string {
	return text
		.split(' ')
		.reduce<string[]>((lines, word) => {
			const last = lines.at(-1);
			const joined = last === undefined ? word : `${last} ${word}`;
			return last !== undefined && textWidth(joined) <= width
				? [...lines.slice(0, -1), joined]
				: [...lines, word];
		}, [])
		.join('\n');
}
