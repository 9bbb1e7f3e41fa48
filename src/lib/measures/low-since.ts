/**
 * The month since which a share has been low without a break, by its monthly shares in time order: more
 * than half way from `usual` down to its present `share`. Null when the last month is not low.
 */
export function lowSince(
	months: readonly { month: string; share: number | null }[],
	usual: number,
	share: number
): string | null {
	const told = months.filter((m) => m.share !== null);
	const lowest = Math.min(share, told.at(-1)?.share ?? share);
	const low = (m: { share: number | null }) => (m.share ?? 1) < (usual + lowest) / 2;
	const lastFine = told.findLastIndex((m) => !low(m));
	return told[lastFine + 1]?.month ?? null;
}
