import { span, type Part, type Series } from './series.ts';
import { atLeast } from './tail.ts';

/** What is expected of a month at most: twice what is usual, and half a percent, as months differ anyway. */
const atMostUsual = (usual: number) => 2 * usual + 0.005;

/** The months, one or some in a row, in which most is wrong for what is usual; `p` counts all that were looked at. */
export type Burst = { part: Part; p: number };

/**
 * A burst of wrong values in some of the judged months that may be over: such values are still there to be mended,
 * though the period as a whole does not show them. Null where no months have `least` wrong values and such a share.
 */
export function passedBurst(
	series: Series,
	{ from, last }: { from: number; last: number },
	usual: number,
	{ share, least }: { share: number; least: number }
): Burst | null {
	let best: Burst | null = null;
	let looked = 0;
	for (let start = from; start < last; start++)
		for (let end = start + 1; end <= last; end++) {
			looked++;
			const part = span(series, start, end);
			const wrong = part.n - part.k;
			if (wrong < least || wrong / part.n < share) continue;
			const p = atLeast(wrong, part.n, atMostUsual(usual));
			if (!best || p < best.p) best = { part, p };
		}
	return best && { ...best, p: Math.min(1, best.p * looked) };
}
