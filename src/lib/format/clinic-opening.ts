import { monthsName } from './days.ts';
import { flagSentence, yearBeforeText, type FlagContext } from './flag-sentence.ts';
import { formatCount } from './numbers.ts';
import { plainText } from './sentence.ts';
import { variablesText } from './unit-opening.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Flag } from '#lib/measures/flag.ts';

/** What the opening of a clinic's report is made of; births are null where there are too few to be told of. */
export type ClinicOpening = {
	clinic: { births: number | null; earlierBirths: number | null };
	flags: readonly Flag[];
};

/** The sentences that a clinic's report opens with, as plain text: how many births, and what falls out. */
export function clinicOpening({ clinic, flags }: ClinicOpening, context: FlagContext): string[] {
	const { locale, view } = context;
	const period = monthsName(view.period, locale);
	if (clinic.births === null) return [m.clinic_opening_few({ period }, { locale })];
	const births = formatCount(clinic.births, locale);
	const first =
		clinic.earlierBirths === null
			? m.clinic_opening_births_alone({ births, period }, { locale })
			: m.clinic_opening_births(
					{
						births,
						period,
						earlier: formatCount(clinic.earlierBirths, locale),
						before: yearBeforeText(context)
					},
					{ locale }
				);
	if (flags.length === 0) return [first, m.clinic_opening_calm({}, { locale })];
	const forms = flags
		.filter(({ kind }) => kind === 'formMissing')
		.map((flag) => `${flagSentence(flag, context)}.`);
	const variables = variablesText(flags, context, { variable: () => '' });
	return [first, ...forms, ...(variables === null ? [] : [plainText(variables)])];
}
