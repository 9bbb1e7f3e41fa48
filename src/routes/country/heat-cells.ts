/** From which share on a cell is of a class, the lightest first; under the last one it is of the darkest. */
export const heatLimits = [0.98, 0.95, 0.9, 0.8, 0.5] as const;

/** How much is missing, 1 (next to nothing) to 6 (more than half). */
export function heatClass(share: number): number {
	const found = heatLimits.findIndex((limit) => share >= limit);
	return found < 0 ? heatLimits.length + 1 : found + 1;
}

/**
 * A row's cells as markup: a class for the colour and the share in per cent, rounded down, so that only what is
 * whole is 100. Made of numbers only. Written by hand, as a component's three thousand cells cost more than the
 * rest of the page.
 */
export function heatCells(shares: readonly (number | null)[]): string {
	return shares
		.map((share) =>
			share === null
				? '<td>–</td>'
				: `<td class="h${heatClass(share)}"><i>${Math.floor(share * 100 + 1e-9)}</i></td>`
		)
		.join('');
}
