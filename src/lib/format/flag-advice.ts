import { formatDay } from './days.ts';
import type { FlagContext } from './flag-sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { yearOf } from '#lib/period/birth-month.ts';
import { mendBy } from '#lib/period/calendar.ts';
import type { FlagKind, Matter } from '#lib/measures/flag.ts';

const words: Record<FlagKind, typeof m.flag_advice_late> = {
	notReported: m.flag_advice_not_reported,
	volumeLow: m.flag_advice_volume_low,
	volumeHigh: m.flag_advice_volume_high,
	formMissing: m.flag_advice_form_missing,
	stopped: m.flag_advice_stopped,
	dropped: m.flag_advice_dropped,
	low: m.flag_advice_low,
	invalid: m.flag_advice_invalid,
	implausible: m.flag_advice_implausible,
	odd: m.flag_advice_odd,
	late: m.flag_advice_late
};

/** Kinds that are mended by births that come in, and not by supplements to those that are here. */
const ofBirths: ReadonlySet<FlagKind> = new Set(['notReported', 'volumeLow', 'volumeHigh', 'late']);

/**
 * What a unit does next about a matter, as a short paragraph: where to look first, until when what is missing is
 * taken, and whom to ask.
 */
export function flagAdvice({ kind }: Matter, { view, locale }: FlagContext): string {
	return [
		words[kind]({}, { locale }),
		lastDayText(kind, { view, locale }),
		m.flag_advice_help({}, { locale })
	].join(' ');
}

function lastDayText(kind: FlagKind, { view, locale }: Pick<FlagContext, 'view' | 'locale'>): string {
	const { births, variables } = mendBy(view.period);
	const day = ofBirths.has(kind) ? births : variables;
	const said = { year: yearOf(view.period.to), day: formatDay(day, locale) };
	if (view.asOf > day) return m.flag_mend_closed(said, { locale });
	return day === births ? m.flag_mend_births(said, { locale }) : m.flag_mend_variables(said, { locale });
}
