import type { FlagChanges } from '#lib/measures/flag-changes.ts';
import type { FlagNumbers } from './report-kind.ts';

/** How many flags are new, persist and are resolved, and how many births the new ones concern; null without a round before. */
export function flagNumbers(changes: FlagChanges | undefined): FlagNumbers | null {
	if (!changes) return null;
	return {
		new: changes.new.length,
		persisting: changes.persisting.length,
		resolved: changes.resolved.length,
		newBirths: changes.new.reduce((sum, { births }) => sum + births, 0)
	};
}
