import type { Locale } from '#lib/catalogue/text.ts';

/** British English: days before months, as the agency writes. Intl objects are slow to make, so they are kept. */
const tags: Record<Locale, string> = { sv: 'sv-SE', en: 'en-GB' };
const kept = new Map<string, Intl.NumberFormat>();

const minus = '\u2212';
const narrowSpace = '\u202f';
const noBreakSpace = '\u00a0';

/** What stands between a number and its percent sign. */
const percentSigns: Record<Locale, string> = { sv: `${noBreakSpace}%`, en: '%' };
const ofWords: Record<Locale, string> = { sv: 'av', en: 'of' };

/** A count: "1 132" with a narrow space in Swedish, "1,132" in English. */
export function formatCount(count: number, locale: Locale): string {
	return formatNumber(count, locale, 0);
}

/** A number with just so many decimals: "3,5" in Swedish, "3.5" in English. */
export function formatNumber(value: number, locale: Locale, decimals = 1): string {
	return write(value, locale, decimals, 'negative');
}

/**
 * A share (0–1, for coverage also above) as per cent: "94,2 %" or "94.2%". Only a share of just 0 or 1 is
 * written 0 or 100 %, without decimals; one that would round to these is "<0,1 %", ">99,9 %" or ">100 %".
 */
export function formatShare(share: number, locale: Locale, decimals = 1): string {
	return perCent(share, locale, decimals) + percentSigns[locale];
}

/** A share with what it is made of: "94,2 % (1 132 av 1 202)". Throws RangeError without a denominator. */
export function formatShareWithBase(
	numerator: number,
	denominator: number,
	locale: Locale,
	decimals = 1
): string {
	if (denominator === 0) throw new RangeError('No denominator, no figure');
	const base = [formatCount(numerator, locale), ofWords[locale], formatCount(denominator, locale)];
	return `${formatShare(numerator / denominator, locale, decimals)} (${base.join(noBreakSpace)})`;
}

/** The interval of a share: "85,1–93,4 %". */
export function formatShareInterval(
	[low, high]: readonly [number, number],
	locale: Locale,
	decimals = 1
): string {
	return `${perCent(low, locale, decimals)}–${perCent(high, locale, decimals)}${percentSigns[locale]}`;
}

/** A difference between shares as signed points: −0.281 is "−28,1"; no change, or next to none, is "0,0". */
export function formatPoints(difference: number, locale: Locale, decimals = 1): string {
	return write(100 * difference, locale, decimals, 'exceptZero');
}

/** A relative change as signed per cent: −0.083 is "−8,3 %". */
export function formatChange(change: number, locale: Locale, decimals = 1): string {
	return formatPoints(change, locale, decimals) + percentSigns[locale];
}

function perCent(share: number, locale: Locale, decimals: number): string {
	if (!(share >= 0)) throw new RangeError(`${share} is not a share`);
	if (share === 0 || share === 1) return formatCount(100 * share, locale);
	const step = 10 ** -decimals;
	const written = formatNumber(100 * share, locale, decimals);
	// only a share within a step of 0 or 1 can be written as one of these
	if (100 * share > step && Math.abs(100 * share - 100) > step) return written;
	if (written === formatNumber(0, locale, decimals)) return `<${formatNumber(step, locale, decimals)}`;
	if (written !== formatNumber(100, locale, decimals)) return written;
	return share < 1 ? `>${formatNumber(100 - step, locale, decimals)}` : `>${formatCount(100, locale)}`;
}

function write(
	value: number,
	locale: Locale,
	decimals: number,
	signDisplay: 'negative' | 'exceptZero'
): string {
	if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as a number`);
	const key = `${locale} ${decimals} ${signDisplay}`;
	let format = kept.get(key);
	if (!format) {
		format = new Intl.NumberFormat(tags[locale], {
			minimumFractionDigits: decimals,
			maximumFractionDigits: decimals,
			signDisplay
		});
		kept.set(key, format);
	}
	// English writes the hyphen for a minus; Swedish a space of full width between the thousands.
	return format.format(value).replace('-', minus).replaceAll(noBreakSpace, narrowSpace);
}
