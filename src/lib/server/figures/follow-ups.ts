import { flagKey, type Flag } from '#lib/measures/flag.ts';
import { followUp, type FollowUp } from '#lib/measures/follow-up.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import { notesOf } from '#lib/server/register/flag-notes.ts';

/** How flags are followed up on a day, by their keys; those that nobody has noted anything about are left out. */
export async function followUps(
	{ db }: Register,
	flags: readonly Flag[],
	asOf: Day
): Promise<Map<string, FollowUp>> {
	const byFlag = Map.groupBy(await notesOf(db), ({ unit, flag }) => flagKey({ unit, id: flag }));
	return new Map(
		flags.flatMap((flag): [string, FollowUp][] => {
			const notes = byFlag.get(flagKey(flag));
			return notes ? [[flagKey(flag), followUp(flag, notes, asOf)]] : [];
		})
	);
}
