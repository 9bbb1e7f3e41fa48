/**
 * The false discovery rate that flags are held to: of all flags of a run, so many may be by chance. Chosen by what is
 * found and falsely told in drawn registers: docs/decisions/false-discovery-rate.md.
 */
export const falseDiscoveries = 0.05;

/**
 * The adjusted p of every test of a run, in their order: those under q are found with a false discovery rate of
 * at most q. A test's weight is how much more readily it is believed than others; only the weights' ratios count,
 * which keeps the rate. Never above 1.
 * Sources: Benjamini & Hochberg 1995, J R Stat Soc B 57:289–300; Genovese, Roeder & Wasserman 2006,
 * Biometrika 93:509–524 (weights).
 */
export function benjaminiHochberg(
	ps: readonly number[],
	weights: readonly number[] = ps.map(() => 1)
): Float64Array {
	const mean = weights.reduce((sum, weight) => sum + weight, 0) / ps.length;
	const weighted = Float64Array.from(ps, (p, at) => (p * mean) / (weights[at] ?? 1));
	const order = Uint32Array.from(ps, (_, at) => at).sort((a, b) => (weighted[a] ?? 1) - (weighted[b] ?? 1));
	const adjusted = new Float64Array(ps.length);
	let least = 1;
	for (let rank = ps.length; rank >= 1; rank--) {
		const at = order[rank - 1] ?? 0;
		least = Math.min(least, ((weighted[at] ?? 1) * ps.length) / rank);
		adjusted[at] = least;
	}
	return adjusted;
}
