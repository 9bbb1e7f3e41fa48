/** How many of how many are as they should be. */
export type Part = { k: number; n: number };

/** The share; NaN of nothing. */
export const shareOf = ({ k, n }: Part): number => k / n;

/**
 * Counts by month, added up from the first month on, so that any span is one subtraction. `good` is what ought
 * to be high: recorded, sent, on time, permitted.
 */
export type Series = { n: Int32Array; good: Int32Array };

/** The series of what ought to be high among `of`; with `bad` its contrary is counted, which ought to be low. */
export function seriesOf(of: Int32Array, counted: Int32Array, which: 'good' | 'bad'): Series {
	const n = new Int32Array(of.length + 1);
	const good = new Int32Array(of.length + 1);
	for (let at = 0; at < of.length; at++) {
		const all = of[at] ?? 0;
		const found = Math.min(all, counted[at] ?? 0);
		n[at + 1] = (n[at] ?? 0) + all;
		good[at + 1] = (good[at] ?? 0) + (which === 'good' ? found : all - found);
	}
	return { n, good };
}

/** What the months from `from` until before `to` hold together. */
export function span({ n, good }: Series, from: number, to: number): Part {
	return { k: (good[to] ?? 0) - (good[from] ?? 0), n: (n[to] ?? 0) - (n[from] ?? 0) };
}

/** How many months a series has. */
export const monthsIn = ({ n }: Series): number => n.length - 1;
