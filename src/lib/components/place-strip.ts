/** The size of a strip in its own pixels, and the room that the dot needs at the ends. */
export const stripSize = { width: 120, height: 16, inset: 5 };

/** So much at least a strip spans, so that units which all but agree are not drawn far apart. */
const leastSpan = 0.1;

/** Where the lowest and highest unit, the middle half of the units, their median and the own share lie. */
export type PlaceStrip = {
	low: number;
	high: number;
	lower: number;
	upper: number;
	median: number;
	own: number | null;
};

/**
 * The places of a strip, in its own pixels. `among` is the least, lower quartile, median, upper quartile and
 * greatest share of the units; undefined for other than five.
 */
export function placeStrip(among: readonly number[], own: number | null): PlaceStrip | undefined {
	const [least, lower, median, upper, greatest, ...more] = among;
	if (least === undefined || lower === undefined || median === undefined) return undefined;
	if (upper === undefined || greatest === undefined || more.length) return undefined;
	const to = Math.max(greatest, own ?? 0);
	const from = Math.max(0, Math.min(least, own ?? 1, to - leastSpan));
	const { width, inset } = stripSize;
	const span = Math.max(to - from, leastSpan);
	const x = (share: number) => Math.round((inset + ((share - from) / span) * (width - 2 * inset)) * 10) / 10;
	return {
		low: x(least),
		high: x(greatest),
		lower: x(lower),
		upper: x(upper),
		median: x(median),
		own: own === null ? null : x(own)
	};
}
