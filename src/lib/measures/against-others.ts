import { funnel } from './funnel.ts';
import { normalTail } from './tail.ts';
import type { Part } from './series.ts';

/** With fewer units nobody stands out among them. */
const leastUnits = 8;

/** What the other units have together, and how likely it is that a unit is so far below them by chance. */
export type Standing = { p: number; nation: Part };

/** How clearly a unit has to stand apart where its own history tells the rest. */
const apart = 0.01;

/** Whether a unit stands apart from the others; where these are too few, nothing speaks against it. */
export const isApart = (standing: Standing | null | undefined): boolean => !standing || standing.p < apart;

/**
 * Where each unit stands among the others, in the order of the parts; null for one that has too few, or where
 * there are too few units. Units may differ as much as they do; see `funnel`.
 */
export function standings(parts: readonly (Part | null)[], minDenominator = 10): (Standing | null)[] {
	const present = parts.flatMap((part, at) =>
		part && part.n >= minDenominator ? [{ unit: String(at), numerator: part.k, denominator: part.n }] : []
	);
	const standing = parts.map((): Standing | null => null);
	if (present.length < leastUnits) return standing;
	const k = present.reduce((sum, { numerator }) => sum + numerator, 0);
	const n = present.reduce((sum, { denominator }) => sum + denominator, 0);
	for (const { unit, z, numerator, denominator } of funnel(present, { minDenominator })?.units ?? [])
		if (z !== null)
			standing[Number(unit)] = {
				p: z < 0 ? normalTail(z) : 1,
				nation: { k: k - numerator, n: n - denominator }
			};
	return standing;
}
