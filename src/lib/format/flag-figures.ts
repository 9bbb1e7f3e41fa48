import { periodName } from './days.ts';
import { figureText } from './figure-text.ts';
import { concernedText, expectedText, sinceText, type FlagContext } from './flag-sentence.ts';
import { formatCount } from './numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Flag, Severity } from '#lib/measures/flag.ts';

/** A figure of a flag, with what it is. */
export type Told = { label: string; text: string };

const severityWords: Record<Severity, typeof m.flag_severity_low> = {
	low: m.flag_severity_low,
	middle: m.flag_severity_middle,
	high: m.flag_severity_high
};

/** How much hangs on a flag, in a word. */
export const severityText = (severity: Severity, locale: Locale): string =>
	severityWords[severity]({}, { locale });

/** The figures that say why a flag is there: since when, how many it concerns, and what is held against what. */
export function flagFigures(flag: Flag, context: FlagContext): Told[] {
	const { locale, view } = context;
	const since = sinceText(flag, context);
	return [
		{ label: m.flag_period({}, { locale }), text: periodName(view.period, locale) },
		...(since === null ? [] : [{ label: m.flag_since({}, { locale }), text: since }]),
		{ label: m.flag_concerns({}, { locale }), text: concernedText(flag, context) },
		{ label: m.flag_severity({}, { locale }), text: severityText(flag.severity, locale) },
		...('volume' in flag ? volumeFigures(flag, locale) : sharesOf(flag, locale))
	];
}

function volumeFigures({ volume }: Extract<Flag, { volume: unknown }>, locale: Locale): Told[] {
	const observed = { label: m.flag_observed({}, { locale }), text: formatCount(volume.observed, locale) };
	if (!volume.limits) return [observed];
	return [observed, { label: m.flag_expected({}, { locale }), text: expectedText(volume.limits, locale) }];
}

function sharesOf(flag: Flag, locale: Locale): Told[] {
	const told: Told[] = [];
	if ('figure' in flag)
		told.push({ label: m.flag_figure({}, { locale }), text: figureText(flag.figure, locale) });
	if ('since' in flag && flag.since)
		told.push({ label: m.flag_figure_since({}, { locale }), text: figureText(flag.since.figure, locale) });
	if ('earlier' in flag && flag.earlier.share !== null)
		told.push({ label: m.flag_figure_earlier({}, { locale }), text: figureText(flag.earlier, locale) });
	return told;
}
