import { formatDay, monthsName } from './days.ts';
import { expectedText, flagSentence, dayOrMonth, monthsText, type FlagContext } from './flag-sentence.ts';
import { formatCount } from './numbers.ts';
import { anchor, capitalised, listText } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { isActive, type Unit } from '#lib/catalogue/unit.ts';
import { dueDate } from '#lib/period/calendar.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { addDays, firstDay, lastDay, type Day } from '#lib/period/day.ts';
import { isOfValues, isOfWrong, type Flag } from '#lib/measures/flag.ts';
import type { Volume } from '#lib/measures/volume.ts';
import type { Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';

/** What the opening of a unit's page or report is made of. */
export type UnitOpening = {
	unit: Unit;
	view: View;
	/** The volume of the part of the period that is due; null where the unit was not active in the period. */
	volume: { judged: Period | null; births: number; volume: Volume } | null;
	/** Births of the year and of earlier years, to know whether the unit has ever reported. */
	months: { births: number | null; earlier: (number | null)[] }[];
	flags: Flag[];
};

/**
 * How a unit stands to a period, before any judgement: `none` = it has never reported, `empty` = nothing of
 * what is due has come, `partly` = it was active in a part of what is due only.
 */
export type UnitState = 'notOpen' | 'paused' | 'closed' | 'none' | 'notDue' | 'empty' | 'partly' | 'reported';

/** Where the parts of the opening lead on a page. */
export type OpeningLinks = { volume: string; variable: (id: string) => string; flags: string };

export function unitState({ unit, view, volume, months }: UnitOpening): UnitState {
	const [from, to] = [firstDay(view.period.from), lastDay(view.period.to)];
	if (!isActive(unit, from, to)) {
		if (unit.active.every((p) => p.from > to)) return 'notOpen';
		return unit.active.some((p) => p.from > to) ? 'paused' : 'closed';
	}
	const ever = months.some((each) => (each.births ?? 0) > 0 || each.earlier.some((births) => births));
	if (!ever && !volume?.births) return 'none';
	if (!volume?.judged) return 'notDue';
	if (volume.volume.observed === 0) return 'empty';
	const [dueFrom, dueTo] = [firstDay(volume.judged.from), lastDay(volume.judged.to)];
	const throughout = unit.active.some((p) => p.from <= dueFrom && (p.to === undefined || p.to >= dueTo));
	return throughout ? 'reported' : 'partly';
}

/**
 * The one to four sentences that a unit's page and report open with, with anchors (see sentence.ts): how many
 * births have come and whether that is as expected, what was not reported, what falls out.
 */
export function unitOpening(opening: UnitOpening, context: FlagContext, links: OpeningLinks): string[] {
	const { locale } = context;
	const { flags } = opening;
	const state = unitState(opening);
	if (state !== 'reported' && state !== 'partly' && state !== 'empty')
		return [stateText(state, opening, context)];
	const first = volumeText(state, opening, context, links);
	const notReported = flags.find((f) => f.kind === 'notReported');
	const silent =
		notReported && state !== 'empty' ? [`${linked(links.volume, flagSentence(notReported, context))}.`] : [];
	const form = flags.find((f) => f.kind === 'formMissing');
	const forms = form ? [`${linked(links.flags, flagSentence(form, context))}.`] : [];
	if (state === 'empty') return [first];
	if (flags.length === 0) return [first, m.unit_opening_calm({}, { locale })];
	const variables = variablesText(flags, context, links);
	return [
		first,
		...silent,
		...forms,
		...(variables === null && form ? [] : [variables ?? m.unit_opening_no_variable({}, { locale })])
	];
}

const linked = (href: string, text: string) => anchor(href, text);

function volumeText(
	state: UnitState,
	{ unit, volume, view }: UnitOpening,
	{ locale }: FlagContext,
	links: OpeningLinks
): string {
	const judged = volume?.judged ?? view.period;
	const period = monthsName(judged, locale);
	const found = volume?.volume;
	if (!found || state === 'empty') return m.unit_opening_empty({ period }, { locale });
	const births = anchor(links.volume, formatCount(found.observed, locale));
	if (state === 'partly') return partlyText(births, unit, judged, locale);
	if (found.status === 'notApplicable') return m.unit_opening_alone({ births, period }, { locale });
	if (found.status === 'tooFew' || !found.limits) return m.unit_opening_few({ births, period }, { locale });
	const expected = expectedText(found.limits, locale);
	const words = {
		within: m.unit_opening_within,
		low: m.unit_opening_low,
		high: m.unit_opening_high
	}[found.status];
	return words({ births, period, expected }, { locale });
}

/** Of a unit that was active in a part of a period: which part it was. */
function partlyText(births: string, { active }: Unit, judged: Period, locale: Locale): string {
	const period = monthsName(judged, locale);
	const from = firstDay(judged.from);
	const ended = active.findLast((each) => each.from <= from)?.to;
	const begun = active.find((each) => each.from > from)?.from;
	const day = written(begun ?? ended, locale);
	if (ended === undefined) return m.unit_opening_opened({ births, period, day }, { locale });
	if (begun === undefined) return m.unit_opening_ended({ births, period, day }, { locale });
	const [last, next] = [written(addDays(ended, 1), locale), written(addDays(begun, -1), locale)];
	return m.unit_opening_broken({ births, period, last, next }, { locale });
}

const written = (day: Day | undefined, locale: Locale) => (day === undefined ? '' : formatDay(day, locale));

/** So many variables are named; of more the first, which concern most births. */
const named = 3;

/** Which variables fall out, have wrong values or lie under their targets; null where none does. */
export function variablesText(
	flags: readonly Flag[],
	context: FlagContext,
	links: Pick<OpeningLinks, 'variable'>
): string | null {
	const { definition, locale } = context;
	const values = flags.filter(isOfValues);
	const low = values.filter((f) => f.kind === 'low');
	const fallen = values.filter((f) => f.kind !== 'low');
	const wrong = flags.filter(isOfWrong);
	const name = (f: (typeof values)[number] | (typeof wrong)[number]) => {
		const label = definition.byId.get(f.variable)?.label[locale] ?? f.variable;
		const link = anchor(links.variable(f.variable), label);
		return f.since
			? m.unit_opening_since({ variable: link, when: dayOrMonth(f.since, context) }, { locale })
			: link;
	};
	const [worst, ...others] = fallen;
	if (worst) {
		const first = `${anchor(links.variable(worst.variable), flagSentence(worst, context))}.`;
		if (others.length === 0) return first;
		const variables = listText(others.slice(0, named).map(name), locale);
		const also = others.length > named ? m.unit_opening_also_many : m.unit_opening_also;
		return `${first} ${also({ count: others.length, variables }, { locale })}`;
	}
	const told = [
		{ shown: wrong, few: m.unit_opening_wrong, many: m.unit_opening_many_wrong },
		{ shown: low, few: m.unit_opening_low_variables, many: m.unit_opening_many_low }
	].find(({ shown }) => shown.length);
	if (!told) return null;
	const { shown, few, many } = told;
	const variables = listText(shown.slice(0, named).map(name), locale);
	if (shown.length > named) return many({ count: shown.length, variables }, { locale });
	return few({ count: String(shown.length), variables }, { locale });
}

function stateText(state: UnitState, opening: UnitOpening, context: FlagContext): string {
	const { unit, view, volume } = opening;
	const { locale } = context;
	const period = monthsName(view.period, locale);
	if (state === 'none') {
		const ended = unit.active.at(-1)?.to;
		return ended !== undefined && ended < view.asOf
			? m.unit_opening_none_ended({ unit: unit.name, day: written(ended, locale) }, { locale })
			: m.unit_opening_none({ unit: unit.name }, { locale });
	}
	if (state === 'notDue') {
		const births = volume?.births ?? 0;
		const month = capitalised(monthsText([view.period.from], context));
		const day = formatDay(dueDate(lastDay(view.period.from)), locale);
		return births
			? m.unit_opening_not_due({ births: formatCount(births, locale), period, month, day }, { locale })
			: m.unit_opening_not_due_empty({ period, month, day }, { locale });
	}
	const [from, to] = [firstDay(view.period.from), lastDay(view.period.to)];
	const next = unit.active.find((p) => p.from > to)?.from;
	const last = unit.active.findLast((p) => p.to !== undefined && p.to < from)?.to;
	if (state === 'notOpen')
		return m.unit_opening_not_open({ unit: unit.name, period, day: written(next, locale) }, { locale });
	if (state === 'paused')
		return m.unit_opening_paused(
			{
				unit: unit.name,
				period,
				last: written(last && addDays(last, 1), locale),
				next: written(next && addDays(next, -1), locale)
			},
			{ locale }
		);
	return m.unit_opening_closed({ unit: unit.name, period, last: written(last, locale) }, { locale });
}
