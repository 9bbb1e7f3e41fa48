import { maySee, type Scope } from '#lib/access/scope.ts';
import { flagKey, type Flag } from '#lib/measures/flag.ts';
import { followUp, type FollowUp } from '#lib/measures/follow-up.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import { notesOf } from '#lib/server/register/flag-notes.ts';

/**
 * How flags of the scope's units are followed up on a day, by their keys; those that nobody has noted anything
 * about are left out.
 */
export async function followUps(
	scope: Scope,
	{ db }: Register,
	flags: readonly Flag[],
	asOf: Day
): Promise<Map<string, FollowUp>> {
	const byFlag = Map.groupBy(await notesOf(scope, db), ({ unit, flag }) => flagKey({ unit, id: flag }));
	return new Map(
		flags.flatMap((flag): [string, FollowUp][] => {
			const notes = byFlag.get(flagKey(flag));
			return notes && maySee(scope, flag.unit) ? [[flagKey(flag), followUp(flag, notes, asOf)]] : [];
		})
	);
}
