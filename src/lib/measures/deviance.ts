import type { Part } from './series.ts';

/**
 * Twice the logarithm of how much likelier two parts are with a share each than with one share together (G²);
 * by chance alone as χ² with one degree of freedom. Source: Wilks 1938, Ann Math Stat 9:60–62.
 */
export function deviance(before: Part, after: Part): number {
	const p = (before.k + after.k) / (before.n + after.n);
	return Math.max(0, 2 * (against(before, p) + against(after, p)));
}

function against({ k, n }: Part, p: number): number {
	return term(k, n * p) + term(n - k, n * (1 - p));
}

const term = (seen: number, expected: number) => (seen > 0 ? seen * Math.log(seen / expected) : 0);
