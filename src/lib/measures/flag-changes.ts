import type { Flag } from './flag.ts';

/** How flags stand to those of an earlier view: what was not there then, what still is, and what is no more. */
export type FlagChanges = { new: Flag[]; persisting: Flag[]; resolved: Flag[] };

/** The matter of a flag, whichever year it is judged in: a flag of the last round may be of the year before. */
const matterOf = ({ unit, id }: Flag) => `${unit}/${id.slice(0, id.lastIndexOf('.'))}`;

/** Holds flags against those of an earlier view. */
export function flagChanges(now: readonly Flag[], before: readonly Flag[]): FlagChanges {
	const known = new Set(before.map(matterOf));
	const still = new Set(now.map(matterOf));
	return {
		new: now.filter((flag) => !known.has(matterOf(flag))),
		persisting: now.filter((flag) => known.has(matterOf(flag))),
		resolved: before.filter((flag) => !still.has(matterOf(flag)))
	};
}
