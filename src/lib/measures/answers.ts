import type { Variable } from '#lib/catalogue/variable.ts';
import type { Counts } from './counts.ts';

/** How often an answer was given, in one place: its number and its share. */
export type Answer = { code: string; n: number; share: number | null };

/**
 * The answers of a place with their shares: of all answers or, where a blank is an answer too (a tick box),
 * of all births that the variable applies to.
 */
export function answers(
	v: Variable,
	codes: readonly { code: string; n: number }[],
	counts: Counts
): Answer[] {
	const given = codes.reduce((sum, { n }) => sum + n, 0);
	const whole = v.completeness === 'value' ? given : counts.nApplicable;
	return codes.map(({ code, n }) => ({ code, n, share: whole === 0 ? null : n / whole }));
}
