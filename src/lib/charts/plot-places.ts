import type { Layout } from './plot-layout.ts';
import type { Value } from './plot-columns.ts';
import type { Prepared } from './plot-prepared.ts';
import type { Scale } from './plot-scales.ts';
import type { Item } from './plot-shapes.ts';

/** A value's place as Plot is given it: names are their numbers, so that nothing is guessed from how they look. */
export function placeOn(scale: Scale, value: Value | undefined): number | undefined {
	if (value === null || value === undefined) return undefined;
	if (scale.kind === 'continuous') return scale.place(value);
	const at = scale.names.findIndex((name) => name === value);
	return at < 0 ? undefined : at;
}

/** Ends of which the data have several in one place are looked up often. */
export function placer(scale: Scale): (value: Value | undefined) => number | undefined {
	if (scale.kind === 'continuous') return (value) => placeOn(scale, value);
	const places = new Map(scale.names.map((name, at) => [name, at]));
	return (value) => (value === null || value === undefined ? undefined : places.get(value));
}

/** The small chart that an item stands in. */
export function facetPlaces({ facets }: Prepared, { cells }: Layout) {
	return ({ facet }: Item) => {
		if (!facet) return undefined;
		const x = Math.max(0, facets.x.indexOf(facet.x));
		const y = Math.max(0, facets.y.indexOf(facet.y));
		return cells[facets.x.length > 0 ? y * facets.x.length + x : y];
	};
}
