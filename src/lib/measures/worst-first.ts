import type { Figure } from './figure.ts';

/** What a variable's place in a list hangs on. */
export type Placed = { target: number | null; figure: Figure; earlier: Figure };

/**
 * How much of a share is lost: what lacks to the target or, where nothing is demanded, what has gone since
 * last year. From 0; null where there is no share.
 */
export function lostShare({ target, figure, earlier }: Placed): number | null {
	if (figure.share === null) return null;
	return Math.max(0, (target ?? earlier.share ?? figure.share) - figure.share);
}

/** Orders variables with what is lost most first, then the lowest shares; those without a share come last. */
export function worstFirst(a: Placed, b: Placed): number {
	return (lostShare(b) ?? -1) - (lostShare(a) ?? -1) || (a.figure.share ?? 2) - (b.figure.share ?? 2);
}

/** Orders variables with the greatest fall first, then the greatest rise last; without a change, at the end. */
export function fallFirst(
	a: { change: { difference: number } | null },
	b: { change: { difference: number } | null }
): number {
	return (a.change?.difference ?? 2) - (b.change?.difference ?? 2);
}
