import { m } from '#lib/paraglide/messages.js';
import { measures } from '#lib/measures/measures.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Figure } from '#lib/measures/figure.ts';
import type { Finding } from '#lib/measures/finding.ts';
import type { Volume } from '#lib/measures/volume.ts';
import type { BirthMonth } from '#lib/period/birth-month.ts';
import { formatBirthMonth } from './days.ts';
import { formatCount, formatShare, formatShareWithBase } from './numbers.ts';

/**
 * A finding in words: what it is about, what is so in a sentence, since which month (where that can be told), and
 * whether births are to be sent or variables to be mended.
 */
export type FindingText = {
	subject: string;
	sentence: string;
	since: BirthMonth | null;
	mend: 'births' | 'variables';
};

/** A finding in the reader's words. */
export function findingText(finding: Finding, definition: Definition, locale: Locale): FindingText {
	const told = (subject: string, sentence: string): FindingText => ({
		subject,
		sentence,
		since: null,
		mend: 'variables'
	});
	const labelOf = (id: string) => definition.byId.get(id)?.label[locale] ?? id;
	switch (finding.kind) {
		case 'notReported':
			return {
				...told(m.finding_not_reported_subject({}, { locale }), notReported(finding, locale)),
				mend: 'births',
				since: finding.months[0] ?? null
			};
		case 'volumeLow':
			return {
				...told(
					m.finding_volume_low_subject({}, { locale }),
					m.finding_volume_low(volumeWords(finding.volume, locale), { locale })
				),
				mend: 'births'
			};
		case 'volumeHigh':
			return {
				...told(
					m.finding_volume_high_subject({}, { locale }),
					m.finding_volume_high(volumeWords(finding.volume, locale), { locale })
				),
				mend: 'births'
			};
		case 'formMissing': {
			const { since } = finding;
			const share = withBase(since?.figure ?? finding.figure, locale);
			return {
				...told(
					m.finding_form_subject({ form: finding.form }, { locale }),
					since
						? m.finding_form_since({ share, month: formatBirthMonth(since.month, locale) }, { locale })
						: m.finding_form({ share }, { locale })
				),
				since: since?.month ?? null
			};
		}
		case 'variable':
			return {
				...told(labelOf(finding.variable), fell(finding, definition, locale)),
				since: finding.since?.month ?? null
			};
		case 'invalid':
			return told(
				labelOf(finding.variable),
				m.finding_invalid({ share: withBase(finding.figure, locale) }, { locale })
			);
		case 'implausible':
			return told(
				labelOf(finding.variable),
				m.finding_implausible({ share: withBase(finding.figure, locale) }, { locale })
			);
		case 'late':
			return {
				...told(
					m.finding_late_subject({}, { locale }),
					m.finding_late(
						{
							share: withBase(finding.figure, locale),
							target: formatShare(measures.timeliness.target, locale, 0)
						},
						{ locale }
					)
				),
				mend: 'births'
			};
	}
}

/** Words in a row, “april, maj och juni”. */
export const listed = (words: readonly string[], locale: Locale) => new Intl.ListFormat(locale).format(words);

const withBase = ({ numerator, denominator }: Figure, locale: Locale) =>
	formatShareWithBase(numerator, denominator, locale);

function notReported({ months, births }: Extract<Finding, { kind: 'notReported' }>, locale: Locale): string {
	const names = months.map((month) => formatBirthMonth(month, locale));
	return m.finding_not_reported(
		{ months: listed(names, locale), count: formatCount(births, locale) },
		{ locale }
	);
}

function volumeWords({ observed, limits }: Volume, locale: Locale) {
	return {
		count: formatCount(observed, locale),
		low: formatCount(Math.ceil(limits?.[0] ?? 0), locale),
		high: formatCount(Math.floor(limits?.[1] ?? 0), locale)
	};
}

/** A variable that fell: since a month, against last year, or below its target where there is no last year. */
function fell(
	{ variable, figure, earlier, since }: Extract<Finding, { kind: 'variable' }>,
	definition: Definition,
	locale: Locale
): string {
	const share = withBase(since?.figure ?? figure, locale);
	const known = definition.byId.get(variable);
	if (earlier.share === null)
		return m.finding_below_target({ share, target: formatShare(known?.target ?? 1, locale, 0) }, { locale });
	const words = { share, earlier: formatShare(earlier.share, locale) };
	const ticked = known?.completeness === 'tickbox';
	if (!since) return (ticked ? m.finding_ticked : m.finding_fell)(words, { locale });
	const month = formatBirthMonth(since.month, locale);
	return (ticked ? m.finding_ticked_since : m.finding_fell_since)({ ...words, month }, { locale });
}
