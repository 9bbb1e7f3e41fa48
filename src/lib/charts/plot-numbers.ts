/** The quantile of sorted numbers, with linear interpolation between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: readonly number[], part: number): number {
	const place = (sorted.length - 1) * part;
	const below = sorted[Math.floor(place)] ?? NaN;
	const above = sorted[Math.ceil(place)] ?? below;
	return below + (above - below) * (place - Math.floor(place));
}

/** A box of numbers: quartiles, the ends within 1.5 of their distance (Tukey 1977), and what lies beyond, each value once. */
export function boxOf(numbers: readonly number[]) {
	const sorted = numbers.toSorted((a, b) => a - b);
	const [low, median, high] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
	const reach = 1.5 * (high - low);
	const inside = sorted.filter((each) => each >= low - reach && each <= high + reach);
	return {
		n: sorted.length,
		low,
		median,
		high,
		from: inside[0] ?? low,
		to: inside.at(-1) ?? high,
		beyond: [...new Set(sorted.filter((each) => each < low - reach || each > high + reach))]
	};
}

/** The line of least squares through points; undefined where there is no one line. */
export function leastSquares(points: readonly (readonly [x: number, y: number])[]) {
	const n = points.length;
	const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
	const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
	const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
	if (n < 2 || !(spread > 0)) return undefined;
	const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
	return { slope, at: (x: number) => meanY + slope * (x - meanX) };
}

/** A step of 1, 2 or 5 times a power of ten, of which about `count` make the range. */
export function niceStep(range: number, count: number): number {
	const raw = range / Math.max(1, count);
	if (!(raw > 0) || !Number.isFinite(raw)) return 1;
	const power = 10 ** Math.floor(Math.log10(raw));
	const times = raw / power;
	return (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10) * power;
}

/** The multiples of a step from `low` to `high`, both within. */
export function multiples(low: number, high: number, step: number): number[] {
	const first = Math.ceil(low / step - 1e-9);
	const last = Math.floor(high / step + 1e-9);
	if (!(last - first < 200)) return [low, high];
	// 3 × 0.1 is 0.30000000000000004
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
		Number(((first + at) * step).toPrecision(12))
	);
}

/** How many decimals a step of an axis needs. */
export const decimalsOf = (step: number) =>
	step > 0 ? Math.min(9, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 0;
