import { monthsName } from './days.ts';
import { monthsText, yearBeforeText, type FlagContext } from './flag-sentence.ts';
import { formatCount, formatShare } from './numbers.ts';
import { anchor, listText } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Flag } from '#lib/measures/flag.ts';
import type { Period } from '#lib/period/period.ts';

/** What the opening of the country's page is made of: the figures' births, and how every unit stands. */
export type CountryOpening = {
	judged: Period | null;
	births: number;
	dueBirths: number;
	earlierBirths: readonly number[];
	standings: readonly { unit: string; flags: readonly Flag[] }[];
};

/** Where the parts of the opening lead on the page. */
export type CountryLinks = { volume: string; reported: string; calls: string; unit: (id: string) => string };

/** So many units are named in a sentence; the others are in the list that it leads to. */
const named = 3;

/** The sentences that the country's page opens with: births, who has not reported, whom to call. */
export function countryOpening(opening: CountryOpening, context: FlagContext, links: CountryLinks): string[] {
	const { judged, births, standings } = opening;
	const { locale, view } = context;
	const period = monthsName(judged ?? view.period, locale);
	if (judged === null)
		return [m.country_opening_not_due({ births: formatCount(births, locale), period }, { locale })];
	if (opening.dueBirths === 0) return [m.country_opening_empty({ period }, { locale })];
	return [
		birthsText(opening, period, context, links),
		reportedText(standings, context, links),
		callsText(standings, context, links)
	];
}

function birthsText(
	{ dueBirths, earlierBirths }: CountryOpening,
	period: string,
	context: FlagContext,
	links: CountryLinks
): string {
	const { locale, view } = context;
	const births = anchor(links.volume, formatCount(dueBirths, locale));
	const [before = 0] = earlierBirths;
	if (before === 0) return m.country_opening_births({ births, period }, { locale });
	const change = dueBirths / before - 1;
	const values = {
		births,
		period,
		change: formatShare(Math.abs(change), locale),
		before: yearBeforeText(context),
		earlier: formatCount(before, locale)
	};
	// a change that is written 0,0 % is none
	if (Math.abs(change) < 0.0005) return m.country_opening_births_same(values, { locale });
	const sameDay = view.basis === 'sameDay';
	if (change < 0)
		return (sameDay ? m.country_opening_births_fewer_day : m.country_opening_births_fewer)(values, {
			locale
		});
	return (sameDay ? m.country_opening_births_more_day : m.country_opening_births_more)(values, { locale });
}

type Standings = CountryOpening['standings'];

function reportedText(standings: Standings, context: FlagContext, links: CountryLinks): string {
	const { definition, locale } = context;
	const silent = standings.flatMap(({ unit, flags }) => {
		const found = flags.find((f) => f.kind === 'notReported');
		return found ? [{ unit, months: found.months }] : [];
	});
	const total = formatCount(standings.length, locale);
	if (silent.length === 0) return m.country_opening_all_reported({ total }, { locale });
	const shown = silent.slice(0, named).map(({ unit, months }) => {
		const name = anchor(links.unit(unit), definition.unitById.get(unit)?.name ?? unit);
		return m.country_opening_silent_unit({ unit: name, months: monthsText(months, context) }, { locale });
	});
	const more = silent.length - shown.length;
	const units = listText(
		more ? [...shown, anchor(links.reported, m.country_opening_more({ count: more }, { locale }))] : shown,
		locale
	);
	const complete = formatCount(standings.length - silent.length, locale);
	return m.country_opening_reported({ complete, total, units }, { locale });
}

function callsText(standings: Standings, { definition, locale }: FlagContext, links: CountryLinks): string {
	const concerned = standings.filter(({ flags }) => flags.length);
	if (concerned.length === 0) return m.country_opening_calm({}, { locale });
	const names = concerned
		.slice(0, named)
		.map(({ unit }) => anchor(links.unit(unit), definition.unitById.get(unit)?.name ?? unit));
	const count = anchor(links.calls, m.country_opening_units({ count: concerned.length }, { locale }));
	if (concerned.length <= named)
		return m.country_opening_calls({ units: listText(names, locale) }, { locale });
	return m.country_opening_calls_most({ count, units: listText(names, locale) }, { locale });
}

/** What the picture of the country's volume shows, as its title. */
export function countryVolumeTitle(
	{ dueBirths, earlierBirths }: Pick<CountryOpening, 'dueBirths' | 'earlierBirths'>,
	context: FlagContext
): string {
	const { locale, view } = context;
	const [before = 0] = earlierBirths;
	const year = view.period.to.slice(0, 4);
	if (before === 0 || dueBirths === 0) return m.unit_volume_plain({ year }, { locale });
	const change = dueBirths / before - 1;
	const values = { change: formatShare(Math.abs(change), locale), before: yearBeforeText(context) };
	if (Math.abs(change) < 0.0005) return m.country_volume_same(values, { locale });
	return (change < 0 ? m.country_volume_fewer : m.country_volume_more)(values, { locale });
}
