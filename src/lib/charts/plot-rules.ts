import * as Plot from '@observablehq/plot';
import { fontSize, textWidth } from './chart.ts';
import type { Palette } from './palette.ts';
import { partOf, type EndLabel } from './plot-ends.ts';
import type { Layout } from './plot-layout.ts';
import { placeOn } from './plot-places.ts';
import type { Prepared } from './plot-prepared.ts';

/**
 * What stands beside rules: over the frame for upright ones, and for level ones at that end, above or below, where
 * the fewest points lie.
 */
export function placeRuleLabels(
	prepared: Prepared,
	ends: readonly EndLabel[],
	layout: Layout,
	palette: Palette
): Plot.Markish[] {
	const { shapes, x, y, facets } = prepared;
	const isFaceted = facets.x.length + facets.y.length > 0;
	const { width, height } = layout.inner;
	return shapes.flatMap((shape) => {
		const { kind, across, mark, items } = shape;
		const [item] = items;
		const isAtEnd = ends.some((end) => end.shape === shape);
		if (kind !== 'rule' || mark.label === undefined || !item || isAtEnd) return [];
		const text = mark.label;
		const colour = mark.stroke && 'colour' in mark.stroke ? palette[mark.stroke.colour] : palette.ink;
		const common = {
			text: () => text,
			fontSize,
			fill: colour === palette.muted ? palette.soft : colour,
			stroke: palette.ground,
			strokeWidth: 3
		};
		if (across === 'x') {
			const at = partOf(x, item.x ?? null) * width;
			const half = textWidth(text) / 2;
			const within = Math.max(half, Math.min(at, width + layout.right - half - 4));
			return [
				Plot.text([{}], {
					...common,
					x: () => placeOn(x, item.x),
					frameAnchor: 'top',
					dx: within - at,
					lineAnchor: isFaceted ? 'top' : 'bottom',
					dy: isFaceted ? 2 : -4
				} as Plot.TextOptions)
			];
		}
		const at = (1 - partOf(y, item.y ?? null)) * height;
		const points = pointsOf(prepared, layout);
		const crowd = (left: boolean, above: boolean) => {
			const from = left ? 0 : width - textWidth(text) - 8;
			return points.filter(
				(point) =>
					point.x >= from &&
					point.x <= from + textWidth(text) + 8 &&
					Math.abs(point.y - (at + (above ? -10 : 10))) < fontSize
			).length;
		};
		const corners = [
			{ left: true, above: true },
			{ left: true, above: false },
			{ left: false, above: true },
			{ left: false, above: false }
		].filter(({ above }) => (above ? at > 14 : at < height - 14));
		const best = corners.toSorted((a, b) => crowd(a.left, a.above) - crowd(b.left, b.above))[0] ?? {
			left: true,
			above: true
		};
		return [
			Plot.text([{}], {
				...common,
				y: () => placeOn(y, item.y),
				frameAnchor: best.left ? 'left' : 'right',
				textAnchor: best.left ? 'start' : 'end',
				dx: best.left ? 4 : -4,
				dy: best.above ? -9 : 11
			} as Plot.TextOptions)
		];
	});
}

/** Where the chart's points lie in the frame; between two of a line a few more. */
function pointsOf({ shapes, x, y }: Prepared, { inner }: Layout): { x: number; y: number }[] {
	return shapes.flatMap(({ kind, items }) => {
		if (kind === 'rule') return [];
		const places = items.flatMap((item) => {
			const across = item.x ?? item.x1 ?? null;
			const along = item.y ?? item.y2 ?? null;
			if (across === null || along === null) return [];
			return [
				{ x: partOf(x, across) * inner.width, y: (1 - partOf(y, along)) * inner.height, series: item.series }
			];
		});
		if (kind !== 'line') return places;
		return [...Map.groupBy(places, ({ series }) => series).values()].flatMap((line) =>
			line.flatMap((point, at) => {
				const next = line[at + 1] ?? point;
				return [0, 0.25, 0.5, 0.75].map((part) => ({
					x: point.x + (next.x - point.x) * part,
					y: point.y + (next.y - point.y) * part
				}));
			})
		);
	});
}
