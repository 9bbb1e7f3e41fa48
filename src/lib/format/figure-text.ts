import { formatCount, formatShare, formatShareInterval, formatShareWithBase } from './numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Figure } from '#lib/measures/figure.ts';

/** A figure as a reader sees it, base and all: "94,2 % (1 132 av 1 202)", or why there is none. */
export function figureText(figure: Figure, locale: Locale): string {
	if (figure.share === null) return figureAbsence(figure, locale);
	return formatShareWithBase(figure.numerator, figure.denominator, locale);
}

/** Only the share, "94,2 %", or why there is none. */
export function shareText(figure: Figure, locale: Locale): string {
	return figure.share === null ? figureAbsence(figure, locale) : formatShare(figure.share, locale);
}

/** Why a figure has no share: not yet due, too few births, or no data. */
export function figureAbsence({ status, denominator }: Figure, locale: Locale): string {
	if (status === 'notDue') return m.figure_not_due({}, { locale });
	if (status === 'tooFew') return m.figure_too_few({ count: formatCount(denominator, locale) }, { locale });
	return m.figure_no_data({}, { locale });
}

/** How sure a share is, "Osäkerhet (95 %): 92,7–95,4 %"; undefined where there is no interval. */
export function intervalText({ interval }: Figure, locale: Locale): string | undefined {
	return interval
		? m.figure_interval({ interval: formatShareInterval(interval, locale) }, { locale })
		: undefined;
}
