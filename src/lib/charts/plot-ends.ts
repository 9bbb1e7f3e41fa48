import { fontSize, textWidth } from './chart.ts';
import type { Value } from './plot-columns.ts';
import type { Prepared } from './plot-prepared.ts';
import type { Scale } from './plot-scales.ts';
import type { Item, Shape } from './plot-shapes.ts';
import { shortened, writeValue } from './plot-write.ts';

/** The name of a line or area, at its last point; without a place along the frame at its end. */
export type EndLabel = { shape: Shape; item: Item; text: string; x: Value; y: Value };

/** The last point that a line or area has, and how high its name stands there. */
function lastOf(items: readonly Item[]): { item: Item; x: Value; y: Value } | undefined {
	const item = items.findLast(
		({ x, y, y1, y2 }) =>
			(x ?? null) !== null && ((y ?? null) !== null || ((y1 ?? null) !== null && (y2 ?? null) !== null))
	);
	if (!item) return undefined;
	const { x = null, y = null, y1 = null, y2 = null } = item;
	return { item, x, y: y ?? (typeof y1 === 'number' && typeof y2 === 'number' ? (y1 + y2) / 2 : null) };
}

const isSeries = ({ kind }: Shape) => kind === 'line' || kind === 'area';

/**
 * The names at the ends of lines and areas, which say what a legend would; none where there is no room for them,
 * where the charts are small, or where the lines do not end at the right.
 *
 * @param most the widest that a name may be
 * @param height of the frame
 */
export function endLabels(prepared: Prepared, most: number, height: number): EndLabel[] {
	const { shapes, x, y, colours, facets, locale } = prepared;
	if (facets.x.length > 0 || facets.y.length > 0 || y.kind !== 'continuous') return [];
	const labels = shapes.filter(isSeries).flatMap((shape) => {
		const { mark } = shape;
		const bySeries = new Map<string, Item[]>();
		for (const item of shape.items) bySeries.set(item.series, [...(bySeries.get(item.series) ?? []), item]);
		return [...bySeries.values()].flatMap((items): EndLabel[] => {
			const last = lastOf(items);
			if (!last) return [];
			const colour = mark.stroke ?? mark.fill;
			const told = shape.kind === 'line' ? last.item.stroke : last.item.fill;
			const isNamed = colours.kind === 'names' && colour && 'column' in colour && told !== null;
			const text = isNamed
				? colours.names.some((name) => String(name) === String(told))
					? colours.write(told)
					: undefined
				: (mark.label ??
					(mark.z !== undefined && bySeries.size <= 8
						? writeValue(last.item.series, { locale })
						: undefined));
			return text ? [{ shape, text, ...last }] : [];
		});
	});
	const names = new Set(labels.map(({ text }) => text));
	// a line of regression, or a band, beside the line of the same name
	const once = labels.filter(({ text }, at) => labels.findIndex((each) => each.text === text) === at);
	const fits =
		once.every(({ text }) => textWidth(text) <= most) &&
		names.size * fontSize * 1.25 <= height &&
		once.every((label) => partOf(x, label.x) > 0.7);
	if (fits) return once.length > 0 ? [...once, ...ruleEnds(prepared, most)] : [];
	const letters = Math.floor(most / (fontSize * 0.52));
	return once
		.filter(({ shape }) => shape.mark.label !== undefined)
		.map((label) => ({ ...label, text: shortened(label.text, letters) }));
}

/** Level rules are named among the lines, where these are named at their ends. */
const ruleEnds = ({ shapes }: Prepared, most: number): EndLabel[] =>
	shapes.flatMap((shape) => {
		const { kind, across, mark, items } = shape;
		const [item] = items;
		const isNamed =
			kind === 'rule' && across === 'y' && mark.label !== undefined && textWidth(mark.label) <= most;
		return isNamed && item ? [{ shape, item, text: mark.label ?? '', x: null, y: item.y ?? null }] : [];
	});

/** Where on an axis a value stands, 0–1 from its beginning. */
export function partOf(scale: Scale, value: Value): number {
	if (scale.kind === 'continuous') return scale.reverse ? 1 - scale.part(value) : scale.part(value);
	const at = scale.names.findIndex((name) => name === value);
	const part = (at + 0.5) / Math.max(1, scale.names.length);
	return scale.reverse ? 1 - part : part;
}
