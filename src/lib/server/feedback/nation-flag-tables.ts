import type { Locale } from '#lib/catalogue/text.ts';
import { flagSentence, type FlagContext } from '#lib/format/flag-sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { flagGroups, groupOf, type FlagGroup } from '#lib/measures/flag-group.ts';
import type { FlagChanges } from '#lib/measures/flag-changes.ts';
import { byBirths, flagKey, type Flag } from '#lib/measures/flag.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { View } from '#lib/period/view.ts';
import { flagTable } from './flag-table.ts';

/** The flags as in a unit's report, each with its unit. */
export function nationFlagTable(
	flags: readonly Flag[],
	context: FlagContext,
	changes: FlagChanges | undefined
): Table {
	const { columns, rows } = flagTable(flags, context, changes);
	// a flag is judged anew for each question, so it is known by its unit and id
	const fresh = new Set(changes?.new.map(flagKey));
	return {
		columns: { ...columns, unit: 'text', is_new: 'boolean' },
		rows: rows.map((row, at) => {
			const flag = flags[at];
			const unit = flag && context.definition.unitById.get(flag.unit)?.name;
			return { ...row, unit: unit ?? '', is_new: flag !== undefined && fresh.has(flagKey(flag)) };
		})
	};
}

/** What was told in the feedback before and is so no more, what concerned most births first. */
export function nationResolvedTable(
	since: { round: View; changes: FlagChanges } | undefined,
	context: FlagContext
): Table {
	return {
		columns: { unit: 'text', sentence: 'text', births: 'integer' },
		rows: (since?.changes.resolved ?? []).toSorted(byBirths).map((flag) => ({
			unit: context.definition.unitById.get(flag.unit)?.name ?? '',
			sentence: `${flagSentence(flag, { ...context, view: since?.round ?? context.view })}.`,
			births: flag.births
		}))
	};
}

/** How many flags of each group there are, and how they stand to the feedback before. */
export function groupTable(flags: readonly Flag[], changes: FlagChanges | undefined, locale: Locale): Table {
	const names: Record<FlagGroup, string> = {
		births: m.nation_flag_births({}, { locale }),
		forms: m.nation_flag_forms({}, { locale }),
		values: m.nation_flag_values({}, { locale }),
		wrong: m.nation_flag_wrong({}, { locale }),
		late: m.nation_flag_late({}, { locale })
	};
	const of = (group: FlagGroup, those: readonly Flag[] | undefined) =>
		those ? those.filter((flag) => groupOf(flag) === group).length : null;
	return {
		columns: {
			name: 'text',
			n: 'integer',
			n_units: 'integer',
			added: 'integer',
			persisting: 'integer',
			resolved: 'integer'
		},
		rows: flagGroups.map((group) => ({
			name: names[group],
			n: of(group, flags),
			n_units: new Set(flags.filter((flag) => groupOf(flag) === group).map(({ unit }) => unit)).size,
			added: of(group, changes?.new),
			persisting: of(group, changes?.persisting),
			resolved: of(group, changes?.resolved)
		}))
	};
}
