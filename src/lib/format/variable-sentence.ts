import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { change } from '#lib/measures/change.ts';
import type { Figure } from '#lib/measures/figure.ts';
import { lowSince } from '#lib/measures/low-since.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatBirthMonth } from './days.ts';
import { figureAbsence } from './figure-text.ts';
import { formatCount, formatShare } from './numbers.ts';

/** A figure now and in the same months of the year before. */
type Pair = { figure: Figure; earlier: Figure };

/** Where and when a figure holds, in the reader's words: "Sverige", "januari–september 2026", "i fjol". */
type Place = { where: string; period: string; before: string; locale: Locale };

/** How complete a variable is (or how often its box is ticked) in a place, and how that was a year before. */
export function shareSentence(v: Variable, { figure, earlier }: Pair, place: Place): string {
	const { where, period, before, locale } = place;
	const l = { locale };
	if (figure.share === null)
		return m.variable_no_share({ where, period, why: figureAbsence(figure, locale) }, l);
	const share = formatShare(figure.share, locale);
	const counted = {
		numerator: formatCount(figure.numerator, locale),
		denominator: formatCount(figure.denominator, locale)
	};
	const base =
		v.level === 'delivery' ? m.variable_of_deliveries(counted, l) : m.variable_of_births(counted, l);
	const words = v.completeness === 'tickbox' ? m.variable_ticked : m.variable_recorded;
	const now = words({ where, period, share, base }, l);
	if (earlier.share === null) return `${now}.`;
	return `${now}, ${m.variable_before({ share: formatShare(earlier.share, locale), before }, l)}.`;
}

/** The same for the nation, after a sentence about a unit: the share alone. */
export function nationSentence({ figure, earlier }: Pair, place: Omit<Place, 'period'>): string | undefined {
	const { where, before, locale } = place;
	if (figure.share === null || earlier.share === null) return undefined;
	const [share, earlierShare] = [figure.share, earlier.share].map((each) => formatShare(each, locale));
	return m.variable_nation({ where, share: share ?? '', earlier: earlierShare ?? '', before }, { locale });
}

/** How many units miss the target, or between which shares half of them lie; undefined where neither says much. */
export function unitsSentence(v: Variable, units: readonly Figure[], locale: Locale): string | undefined {
	const shares = units
		.map((figure) => figure.share)
		.filter((share) => share !== null)
		.sort((a, b) => a - b);
	if (shares.length < 2) return undefined;
	if (v.target !== undefined) {
		const missed = units.filter((figure) => figure.share !== null && figure.status === 'missed').length;
		const words = { units: formatCount(shares.length, locale), target: formatShare(v.target, locale, 0) };
		if (missed === 0) return m.variable_units_met(words, { locale });
		return missed === shares.length
			? m.variable_units_none(words, { locale })
			: m.variable_units_missed({ count: missed, ...words }, { locale });
	}
	const lower = shares[Math.floor((shares.length - 1) / 4)] ?? 0;
	const upper = shares[Math.ceil(((shares.length - 1) * 3) / 4)] ?? 0;
	const [low, high] = [formatShare(lower, locale), formatShare(upper, locale)];
	return shares.length < 5 || low === high ? undefined : m.variable_units_half({ low, high }, { locale });
}

/** One month of a trend. */
type Month = { month: string; figure: Figure };

/**
 * What a trend shows: since when the share has been lower than a year before, that it has risen, or
 * that it stands as it did. `name` is whose trend it is.
 */
export function trendTitle(
	months: readonly Month[],
	{ figure, earlier }: Pair,
	{ name, before, locale }: { name: string; before: string; locale: Locale }
): string {
	const l = { locale };
	const share = (value: number) => formatShare(value, locale);
	if (figure.share === null) return m.variable_trend_untold({ name }, l);
	const moved = change(figure, earlier);
	if (earlier.share === null || !moved || !moved.practical || !moved.statistical)
		return m.variable_trend_steady({ name, share: share(figure.share) }, l);
	const words = { name, before, earlier: share(earlier.share), share: share(figure.share) };
	if (moved.difference > 0) return m.variable_trend_up(words, l);
	const shares = months.map((each) => ({ month: each.month, share: each.figure.share }));
	const since = lowSince(shares, earlier.share, figure.share);
	if (since === null) return m.variable_trend_down(words, l);
	const low = months.filter((each) => each.month >= since).map((each) => each.figure);
	const sum = (key: 'numerator' | 'denominator') => low.reduce((total, each) => total + each[key], 0);
	const now = share(sum('numerator') / sum('denominator'));
	return m.variable_trend_fallen({ ...words, share: now, month: formatBirthMonth(since, locale) }, l);
}

/** What the answers show: which is the most common, and how common. */
export function answersTitle(
	v: Variable,
	rows: readonly { label: string; share: number | null }[],
	locale: Locale
): string {
	const most = rows.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
	const label = most?.label ?? '';
	const answer = v.codes || v.unit === undefined ? label : `${label}\u00a0${v.unit}`;
	return m.variable_answers_most({ answer, share: formatShare(most?.share ?? 0, locale) }, { locale });
}
