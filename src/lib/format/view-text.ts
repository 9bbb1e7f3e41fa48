import { formatDay, formatDayShort, periodName } from './days.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatPeriod, samePeriod, yearToDate, type Period } from '#lib/period/period.ts';
import { selectablePeriods, type PeriodKind } from '#lib/period/selectable.ts';
import { usualPeriod, type View } from '#lib/period/view.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Day } from '#lib/period/day.ts';

/** Periods that are offered for the same reason, under one heading. */
export type PeriodChoices = { title: string; choices: { period: Period; key: string; name: string }[] };

const titles: Record<PeriodKind, (inputs: object, options: { locale: Locale }) => string> = {
	yearToDate: m.view_kind_year_to_date,
	cumulative: m.view_kind_cumulative,
	quarter: m.view_kind_quarter,
	year: m.view_kind_year
};

/** The periods that a reader chooses among, the usual one first; every period stands once. */
export function periodChoices(asOf: Day, firstYear: number, locale: Locale): PeriodChoices[] {
	const usual = usualPeriod(asOf);
	const choice = (period: Period) => ({
		period,
		key: formatPeriod(period),
		name: periodName(period, locale)
	});
	const groups: PeriodChoices[] = [{ title: m.view_kind_usual({}, { locale }), choices: [choice(usual)] }];
	for (const { kind, period } of selectablePeriods(asOf, firstYear)) {
		if (samePeriod(period, usual)) continue;
		const title = titles[kind]({}, { locale });
		const group = groups.find((each) => each.title === title);
		if (group) group.choices.push(choice(period));
		else groups.push({ title, choices: [choice(period)] });
	}
	return groups;
}

/** "läget 23 nov 2026". */
export function asOfText({ asOf }: View, locale: Locale): string {
	const day = `${formatDayShort(asOf, locale)} ${asOf.slice(0, 4)}`;
	return m.view_as_of_day({ day }, { locale });
}

/** "mot 3 tidigare år, samma dag". */
export function comparisonText({ years, basis }: View, locale: Locale): string {
	const words = basis === 'ended' ? m.view_against_ended : m.view_against_same_day;
	return words({ years }, { locale });
}

/** The view in one line, with what it is held against where it `compares`: for paper, where nothing can be chosen. */
export function viewText(view: View, compares: boolean, locale: Locale): string {
	const day = m.view_as_of_day({ day: formatDay(view.asOf, locale) }, { locale });
	const comparison = compares ? [comparisonText(view, locale)] : [];
	return [periodName(view.period, locale), day, ...comparison].join(', ');
}

/** Whether a view's period is this year's so far, rather than a year that is over. */
export const isThisYear = ({ period, asOf }: View) =>
	yearToDate(asOf).from.slice(0, 4) === period.to.slice(0, 4);
