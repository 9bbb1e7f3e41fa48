import * as Plot from '@observablehq/plot';
import { fontSize, textWidth } from './chart.ts';
import type { Palette } from './palette.ts';
import { bandOf, type Layout } from './plot-layout.ts';
import { placeOn } from './plot-places.ts';
import type { Prepared } from './plot-prepared.ts';
import type { Item, Shape } from './plot-shapes.ts';
import { writeValue } from './plot-write.ts';

/** Bars on their bands; grouped ones each on its part of the band. */
export function bars(
	{ across, items, mark }: Shape,
	options: object,
	{ x, y }: Prepared,
	{ inner }: Layout,
	beside: readonly string[]
): Plot.Markish[] {
	const scale = across === 'x' ? x : y;
	if (scale.kind !== 'ordinal') return [];
	const bar = (some: readonly Item[], insets: object) =>
		across === 'x'
			? Plot.barY(some as Item[], { ...options, ...insets } as Plot.BarYOptions)
			: Plot.barX(some as Item[], { ...options, ...insets } as Plot.BarXOptions);
	const band = bandOf(scale, across === 'x' ? inner.width : inner.height);
	const narrowed = mark.width === undefined ? 0 : (band * (1 - mark.width)) / 2;
	if (beside.length < 2)
		return [
			bar(
				items,
				across === 'x'
					? { insetLeft: narrowed, insetRight: narrowed }
					: { insetTop: narrowed, insetBottom: narrowed }
			)
		];
	return beside.map((series, at) => {
		const [before, after] = [(band * at) / beside.length, (band * (beside.length - 1 - at)) / beside.length];
		return bar(
			items.filter((item) => item.series === series),
			across === 'x' ? { insetLeft: before, insetRight: after } : { insetTop: before, insetBottom: after }
		);
	});
}

/** What the cells of a heat map hold, light on the dark ones. */
export function cellTexts(
	items: readonly Item[],
	options: object,
	{ colours, x }: Prepared,
	{ inner }: Layout,
	palette: Palette
): Plot.Markish[] {
	const isDark = ({ fill }: Item) => colours.kind === 'amounts' && colours.part(fill) > 0.7;
	const textOf = ({ fill }: Item) =>
		fill === null ? '–' : colours.kind === 'none' ? String(fill) : colours.write(fill);
	const room = x.kind === 'ordinal' ? bandOf(x, inner.width) : 0;
	if (items.some((item) => textWidth(textOf(item)) - 2 > room)) return [];
	return [
		Plot.text(
			items as Item[],
			{
				...options,
				text: textOf,
				fill: (item: Item) => (isDark(item) ? palette.ground : palette.ink),
				fontSize: fontSize - 1
			} as Plot.TextOptions
		)
	];
}

/** The numbers at the ends of bars; inside them where they are stacked and there is room. */
export function barLabels(prepared: Prepared, { inner }: Layout, palette: Palette): Plot.Markish[] {
	const { x, y, shapes, facets } = prepared;
	if (facets.x.length + facets.y.length > 0) return [];
	return shapes.flatMap((shape) => {
		const { kind, across, mark, items, beside } = shape;
		if (kind !== 'bar' || !mark.labels) return [];
		const along = across === 'x' ? 'y' : 'x';
		const [band, value] = across === 'x' ? [x, y] : [y, x];
		if (value.kind !== 'continuous' || band.kind !== 'ordinal') return [];
		const length = across === 'x' ? inner.height : inner.width;
		const isStacked = items.some((item) => typeof item[`${along}1`] === 'number' && item[`${along}1`] !== 0);
		const slot = bandOf(band, across === 'x' ? inner.width : inner.height) / Math.max(1, beside.length);
		return items.flatMap((item) => {
			const [from, to] = [item[`${along}1`], item[`${along}2`]];
			if (typeof from !== 'number' || typeof to !== 'number') return [];
			const text = writeLabel(prepared, along, to - from);
			const size = Math.abs(value.part(to) - value.part(from)) * length;
			if (isStacked && size < (across === 'x' ? fontSize + 3 : textWidth(text) + 6)) return [];
			if (across === 'x' ? textWidth(text) > slot + 6 : slot < fontSize) return [];
			const offset = beside.length > 1 ? (beside.indexOf(item.series) - (beside.length - 1) / 2) * slot : 0;
			const outwards = isStacked ? 0 : to < from ? -1 : 1;
			const place = isStacked ? (from + to) / 2 : to;
			return [
				Plot.text([{}], {
					[across]: () => placeOn(band, item[across]),
					[along]: () => place,
					text: () => text,
					fontSize,
					dx: across === 'x' ? offset : 6 * outwards,
					dy: across === 'x' ? -9 * outwards : offset,
					textAnchor: across === 'x' || isStacked ? 'middle' : outwards > 0 ? 'start' : 'end',
					fill: palette.ink,
					stroke: palette.ground,
					strokeWidth: 3
				} as Plot.TextOptions)
			];
		});
	});
}

function writeLabel({ plot, locale, x, y }: Prepared, along: 'x' | 'y', value: number): string {
	const scale = along === 'x' ? x : y;
	if (scale.kind !== 'continuous') return '';
	const { format, percent } = plot[along] ?? {};
	const decimals = percent ? 0 : Number.isInteger(value) ? 0 : undefined;
	return writeValue(value, { locale, format, percent, decimals });
}
