/** The size of a sparkline in its own pixels, and the room that its line and end point need at the edges. */
export const sparkSize = { width: 96, height: 22, inset: 3 };

/** Where the shares of a sparkline lie. A gap is a time without data; `end` is the last share there is. */
export type Spark = { path: string; end: { x: number; y: number } | null };

/**
 * The line of a sparkline as an SVG path: shares between 0 and `top`, evenly spaced. A share alone between two
 * gaps is a short stroke, so that it can be seen.
 */
export function sparkline(values: readonly (number | null)[], top = 1): Spark {
	const { width, height, inset } = sparkSize;
	const step = (width - 2 * inset) / Math.max(1, values.length - 1);
	const x = (at: number) => round(inset + at * step);
	const y = (value: number) => round(inset + (1 - Math.min(1, value / top)) * (height - 2 * inset));
	const parts = values.map((value, at) => {
		if (value === null) return '';
		const before = values[at - 1] ?? null;
		const after = values[at + 1] ?? null;
		if (before !== null) return `L${x(at)} ${y(value)}`;
		return `M${x(at)} ${y(value)}${after === null ? 'h1' : ''}`;
	});
	const last = values.findLastIndex((value) => value !== null);
	const lastValue = values[last] ?? null;
	return { path: parts.join(''), end: lastValue === null ? null : { x: x(last), y: y(lastValue) } };
}

const round = (number: number) => Math.round(number * 10) / 10;
