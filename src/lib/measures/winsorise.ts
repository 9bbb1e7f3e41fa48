/**
 * The scores with the given part at either end drawn in to the nearest score that stays, in their order.
 * Of five scores a tenth is none.
 */
export function winsorise(scores: readonly number[], part: number): number[] {
	// numbers of a typed array are sorted as numbers, and many times sooner
	const sorted = Float64Array.from(scores).sort();
	const drawnIn = Math.floor(scores.length * part);
	const low = sorted[drawnIn] ?? -Infinity;
	const high = sorted[sorted.length - 1 - drawnIn] ?? Infinity;
	return scores.map((score) => Math.min(high, Math.max(low, score)));
}
