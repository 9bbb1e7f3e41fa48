import { concernedText, flagSentence, sinceText, type FlagContext } from '#lib/format/flag-sentence.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Flag } from '#lib/measures/flag.ts';
import type { FlagChanges } from '#lib/measures/flag-changes.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Table } from '#lib/notebook/table.ts';
import { mendBy } from '#lib/period/calendar.ts';

/**
 * What is to be mended, each with a sentence, since when, whom it concerns, and the last day to send it; and
 * whether it is new since the feedback before, or null where there was none.
 */
export function flagTable(
	flags: readonly Flag[],
	context: FlagContext,
	changes: FlagChanges | undefined
): Table {
	const { births, variables } = mendBy(context.view.period);
	return {
		columns: {
			sentence: 'text',
			since: 'text',
			concerned: 'text',
			births: 'integer',
			mend_by: 'day',
			open: 'boolean',
			state: 'text'
		},
		rows: flags.map((flag) => {
			const day = isOfBirths(flag) ? births : variables;
			const open = context.view.asOf <= day;
			return {
				sentence: `${flagSentence(flag, context)}.`,
				since: sinceText(flag, context),
				concerned: concernedText(flag, context),
				births: flag.births,
				// what has come late cannot come in time any more
				mend_by: open && flag.kind !== 'late' ? day : null,
				open,
				state: changes ? stateOf(flag, changes, context.locale) : null
			};
		})
	};
}

const stateOf = ({ id }: Flag, changes: FlagChanges, locale: Locale) =>
	changes.new.some((flag) => flag.id === id)
		? m.report_flag_new({}, { locale })
		: m.report_flag_persisting({}, { locale });

/** What was told in the feedback before and is so no more, in the words of that time. */
export function resolvedTable(resolved: readonly Flag[], context: FlagContext): Table {
	return {
		columns: { sentence: 'text' },
		rows: resolved.map((flag) => ({ sentence: `${flagSentence(flag, context)}.` }))
	};
}

/** Whole births and forms have an earlier last day than single variables. */
const isOfBirths = ({ kind }: Flag) =>
	kind === 'notReported' || kind === 'volumeLow' || kind === 'volumeHigh' || kind === 'formMissing';
