import type { Change } from './change.ts';
import type { Figure } from './figure.ts';

/** What a variable's place in a list hangs on. */
export type Placed = {
	target: number | null;
	figure: Figure;
	earlier: Figure;
	change?: Change | null;
};

/**
 * How much of a share is lost: what lacks to the target or, where nothing is demanded, what has gone since
 * last year. From 0; null where there is no share.
 */
export function lostShare({ target, figure, earlier }: Placed): number | null {
	if (figure.share === null) return null;
	return Math.max(0, (target ?? earlier.share ?? figure.share) - figure.share);
}

/** How far a share has fallen since last year, where that is more than chance and enough to matter; else 0. */
function fall({ change }: Placed): number {
	return change?.practical && change.statistical && change.difference < 0 ? -change.difference : 0;
}

/**
 * Orders variables with those first that have fallen, the furthest fall first: what was there last year can
 * be had again. Then what is lost most, then the lowest shares; those without a share come last.
 */
export function worstFirst(a: Placed, b: Placed): number {
	return (
		fall(b) - fall(a) ||
		(lostShare(b) ?? -1) - (lostShare(a) ?? -1) ||
		(a.figure.share ?? 2) - (b.figure.share ?? 2)
	);
}

/** Orders variables with the greatest fall first, then the greatest rise last; without a change, at the end. */
export function fallFirst(
	a: { change: { difference: number } | null },
	b: { change: { difference: number } | null }
): number {
	return (a.change?.difference ?? 2) - (b.change?.difference ?? 2);
}
