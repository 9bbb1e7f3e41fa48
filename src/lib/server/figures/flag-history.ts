import type { Scope } from '#lib/access/scope.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { lastRound } from '#lib/period/last-round.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { flagsOf } from './flags.ts';

/** The flags about one variable in a view. */
export type FlagRound = { view: View; flags: Flag[] };

/** A view and the rounds of feedback before it that the history of a variable's flags shows. */
const roundsShown = 4;

/**
 * The flags about a variable in a view and in the rounds of feedback before it, the latest first. Rounds that
 * are past are judged once, so only the first reader waits for them.
 */
export async function flagHistory(
	scope: Scope,
	register: Register,
	variable: string,
	view: View
): Promise<FlagRound[]> {
	const views: View[] = [];
	for (let next: View | undefined = view; next && views.length < roundsShown; next = lastRound(next))
		views.push(next);
	const rounds = await Promise.all(
		views.map(async (each) => ({
			view: each,
			flags: (await flagsOf(scope, register, each)).filter(
				(flag) => 'variable' in flag && flag.variable === variable
			)
		}))
	);
	return rounds;
}
