import type { Locale } from '#lib/catalogue/text.ts';
import type { Band } from '#lib/measures/bands.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatCount, formatShare } from './numbers.ts';

/** Between which shares the units of a band lie: "mellan 92 och 95 %", or "100 %" where they agree. */
export function bandText({ from, to }: Pick<Band, 'from' | 'to'>, locale: Locale): string {
	const upper = formatShare(to, locale, 0);
	return from === to
		? upper
		: m.band_between({ from: formatCount(Math.round(from * 100), locale), to: upper }, { locale });
}

/** How many units a band holds: "11 andra enheter". */
export const bandUnits = ({ units }: Pick<Band, 'units'>, locale: Locale): string =>
	m.band_units({ count: formatCount(units, locale) }, { locale });

/** Where all the units lie that the reader may not see one by one; undefined without any. */
export function othersSentence(bands: readonly Band[], locale: Locale): string | undefined {
	const [first, last] = [bands[0], bands.at(-1)];
	if (!first || !last) return undefined;
	const count = formatCount(
		bands.reduce((sum, { units }) => sum + units, 0),
		locale
	);
	const to = formatShare(last.to, locale, 0);
	if (first.from === last.to) return m.variable_others_at({ count, share: to }, { locale });
	const from = formatCount(Math.round(first.from * 100), locale);
	return m.variable_others_between({ count, from, to }, { locale });
}

/** Where a share lies among the units, for who does not see the picture: of `among` what can be told. */
export function placeText(
	share: number | null | undefined,
	among: readonly (number | null | undefined)[],
	locale: Locale
): string {
	const text = (value: number | null | undefined) =>
		value === null || value === undefined ? '–' : formatShare(value, locale);
	const [least, lower, , upper, greatest] = among;
	return typeof lower === 'number' && typeof upper === 'number'
		? m.figure_place({ share: text(share), lower: text(lower), upper: text(upper) }, { locale })
		: m.figure_place_whole({ share: text(share), lower: text(least), upper: text(greatest) }, { locale });
}
