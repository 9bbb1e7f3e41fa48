import { formatBirthMonth, formatDay, formatDayOfYear, monthName } from './days.ts';
import { formatChange, formatCount, formatShare, formatShareWithBase } from './numbers.ts';
import { capitalised, listText } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { addMonths, monthNumber, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { birthMonthOf } from '#lib/period/day.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Figure } from '#lib/measures/figure.ts';
import type { Matter, Since } from '#lib/measures/flag.ts';
import type { View } from '#lib/period/view.ts';

/** What the words of a flag hang on: the names in the register, when it is seen from, and the language. */
export type FlagContext = { definition: Definition; view: View; locale: Locale };

/** Of a form that is missing for so many we say that it is for nearly all. */
const nearlyAll = 0.9;

type FlagOf<Kind extends Matter['kind']> = Extract<Matter, { kind: Kind }>;

/**
 * A flag as a sentence that needs no explanation, without its full stop: "Apgar vid 5 minuter saknas för
 * nästan alla barn sedan april (3,1 % mot 99,2 % i fjol)".
 */
export function flagSentence(flag: Matter & { births: number }, context: FlagContext): string {
	const { locale } = context;
	switch (flag.kind) {
		case 'notReported':
			return m.sentence_not_reported(
				{
					count: flag.months.length,
					months: capitalised(monthsText(flag.months, context)),
					births: formatCount(flag.births, locale)
				},
				{ locale }
			);
		case 'volumeLow':
		case 'volumeHigh':
			return volumeText(flag, locale);
		case 'formMissing':
			return formText(flag, context);
		case 'stopped':
		case 'dropped':
		case 'low':
			return variableText(flag, context);
		case 'invalid':
		case 'implausible':
			return wrongText(flag, context);
		case 'odd':
			return oddText(flag, context);
		case 'late':
			return m.sentence_late({ share: based(flag.figure, locale) }, { locale });
	}
}

/** What births a flag concerns, for a column: "1 021 barn", "402 mödrar", "570 födslar". */
export function concernedText(
	flag: Matter & { births: number },
	{ definition, locale }: FlagContext
): string {
	const count = flag.births;
	const written = formatCount(count, locale);
	const level = levelOf(flag, definition);
	const words = { birth: m.sentence_children, delivery: m.sentence_mothers, none: m.sentence_births };
	return words[level ?? 'none']({ count, written }, { locale });
}

function levelOf(flag: Matter, { byId, register }: Definition): 'birth' | 'delivery' | undefined {
	if ('variable' in flag) return byId.get(flag.variable)?.level;
	return flag.kind === 'formMissing' ? register.forms.find((f) => f.id === flag.form)?.level : undefined;
}

/** Since when something has been so, where that is known: "april", or with its year when that is another. */
export function sinceText(flag: Matter, context: FlagContext): string | null {
	if ('since' in flag && flag.since) return dayOrMonth(flag.since, context);
	return flag.kind === 'notReported' ? monthsText(flag.months.slice(0, 1), context) : null;
}

/** "12 april", or "april" where the day is not known; with the year when it is not the one looked at. */
export function dayOrMonth({ day, month }: Since, { view, locale }: Omit<FlagContext, 'definition'>): string {
	if (day === null) return monthText(month, { view, locale });
	const sameYear = yearOf(birthMonthOf(day)) === yearOf(view.period.to);
	return sameYear ? formatDayOfYear(day, locale) : formatDay(day, locale);
}

/** A month by its name alone in the year that is looked at: "april", else "november 2025". */
export function monthText(month: BirthMonth, { view, locale }: Omit<FlagContext, 'definition'>): string {
	return yearOf(month) === yearOf(view.period.to)
		? monthName(monthNumber(month), locale)
		: formatBirthMonth(month, locale);
}

/** "juli", "juli och augusti"; three or more in a row "januari–mars". */
export function monthsText(months: readonly BirthMonth[], context: Omit<FlagContext, 'definition'>): string {
	const runs: BirthMonth[][] = [];
	for (const month of months) {
		const last = runs.at(-1);
		if (last && addMonths(last.at(-1) ?? month, 1) === month) last.push(month);
		else runs.push([month]);
	}
	const texts = runs.flatMap((run) => {
		const [from = '', to = from] = [run[0], run.at(-1)];
		if (run.length < 3) return run.map((month) => monthText(month, context));
		const sameYear = yearOf(from) === yearOf(to);
		const name = sameYear ? monthName(monthNumber(from), context.locale) : monthText(from, context);
		return `${name}–${monthText(to, context)}`;
	});
	return listText(texts, context.locale);
}

/** The year that a period is held against: "i fjol" for this year's, else "året före". */
export function yearBeforeText({ view, locale }: Omit<FlagContext, 'definition'>): string {
	const thisYear = yearOf(view.period.to) === yearOf(birthMonthOf(view.asOf));
	return thisYear ? m.sentence_last_year({}, { locale }) : m.sentence_year_before({}, { locale });
}

function volumeText({ kind, volume }: FlagOf<'volumeLow' | 'volumeHigh'>, locale: Locale): string {
	const words = kind === 'volumeLow' ? m.sentence_volume_low : m.sentence_volume_high;
	const [low, high] = volume.limits ?? [0, 0];
	return words(
		{
			births: formatCount(volume.observed, locale),
			expected: expectedText([low, high], locale),
			change: volume.difference === null ? '' : formatChange(volume.difference, locale, 0)
		},
		{ locale }
	);
}

/** Between which numbers births are expected, in whole births: "3 290–3 610". */
export function expectedText([low, high]: readonly [number, number], locale: Locale): string {
	return `${formatCount(Math.ceil(low), locale)}–${formatCount(Math.floor(high), locale)}`;
}

function formText({ form, figure, since }: FlagOf<'formMissing'>, context: FlagContext): string {
	const { definition, locale } = context;
	const found = definition.register.forms.find((f) => f.id === form);
	const name = found ? `${found.id} (${found.label[locale]})` : form;
	const level = found?.level ?? 'birth';
	const among = amongWords[level].all({}, { locale });
	if (!since) return m.sentence_form({ form: name, share: based(figure, locale, among) }, { locale });
	const when = dayOrMonth(since, context);
	if ((since.figure.share ?? 0) > nearlyAll)
		return m.sentence_form_stopped(
			{ form: name, who: whoWords[level].all({}, { locale }), when, share: based(since.figure, locale) },
			{ locale }
		);
	return m.sentence_form_since({ form: name, share: based(since.figure, locale, among), when }, { locale });
}

function variableText(flag: FlagOf<'stopped' | 'dropped' | 'low'>, context: FlagContext): string {
	const { definition, locale } = context;
	const v = definition.byId.get(flag.variable);
	const variable = nameOf(flag, context);
	const { earlier, since } = flag;
	const among = v ? amongWords[v.level][reach(v, definition)]({}, { locale }) : '';
	if (flag.kind === 'low' || earlier.share === null) {
		const target = formatShare(v?.target ?? 1, locale, 0);
		return m.sentence_below_target(
			{ variable, share: shareOf(flag.figure, locale), among, target },
			{ locale }
		);
	}
	const before = formatShare(earlier.share, locale);
	if (!since)
		return m.sentence_fell(
			{ variable, share: shareOf(flag.figure, locale), among, earlier: before },
			{ locale }
		);
	const when = dayOrMonth(since, context);
	if (flag.kind === 'stopped') {
		const who = v ? whoWords[v.level][reach(v, definition)]({}, { locale }) : '';
		const missing = formatShare(1 - earlier.share, locale);
		return m.sentence_stopped({ variable, who, when, missing }, { locale });
	}
	const share = shareOf(since.figure, locale);
	return m.sentence_fell_since({ variable, share, when, earlier: before }, { locale });
}

function wrongText(flag: FlagOf<'invalid' | 'implausible'>, context: FlagContext): string {
	const { locale } = context;
	const variable = nameOf(flag, context);
	const invalid = flag.kind === 'invalid';
	if (!flag.since) {
		const words = invalid ? m.sentence_invalid : m.sentence_implausible;
		return words({ variable, share: based(flag.figure, locale) }, { locale });
	}
	const words = invalid ? m.sentence_invalid_since : m.sentence_implausible_since;
	return words(
		{ variable, share: based(flag.since.figure, locale), when: dayOrMonth(flag.since, context) },
		{ locale }
	);
}

function oddText(flag: FlagOf<'odd'>, context: FlagContext): string {
	const { definition, locale } = context;
	const variable = nameOf(flag, context);
	const { what, code, earlier, nation } = flag.odd;
	const share = shareOf(flag.odd.share, locale);
	const written = (value: number | null) => (value === null ? '–' : formatShare(value, locale));
	if (what === 'unused')
		return m.sentence_unused({ variable, share, earlier: written(earlier ?? nation) }, { locale });
	if (what === 'heaping') return m.sentence_heaping({ variable, share, nation: written(nation) }, { locale });
	const label = definition.byId.get(flag.variable)?.codes?.find((c) => c.code === code)?.label[locale];
	const answer = label ?? code ?? '';
	if (earlier === null)
		return m.sentence_code({ variable, answer, share, nation: written(nation) }, { locale });
	return m.sentence_code_since(
		{ variable, answer, share, earlier: written(earlier), nation: written(nation) },
		{ locale }
	);
}

const nameOf = ({ variable }: { variable: string }, { definition, locale }: FlagContext) =>
	definition.byId.get(variable)?.label[locale] ?? variable;

const whoWords = {
	birth: { all: m.sentence_who_children, some: m.sentence_who_some_children },
	delivery: { all: m.sentence_who_mothers, some: m.sentence_who_some_mothers }
};
const amongWords = {
	birth: { all: m.sentence_among_children, some: m.sentence_among_some_children },
	delivery: { all: m.sentence_among_mothers, some: m.sentence_among_some_mothers }
};

/** Whether a variable is asked of everybody; being born alive is no condition that a reader has to be told. */
function reach({ applicableWhen: asked }: Variable, { register }: Definition): 'all' | 'some' {
	if (asked === undefined) return 'all';
	const { stillborn } = register;
	const ofLiveBirths =
		stillborn !== undefined &&
		'is' in stillborn &&
		'is' in asked &&
		asked.variable === stillborn.variable &&
		asked.is !== stillborn.is;
	return ofLiveBirths ? 'all' : 'some';
}

const shareOf = (figure: Figure, locale: Locale) =>
	figure.share === null ? '–' : formatShare(figure.share, locale);

/** "16,2 % (21 av 130)", or with what it is a share of "16,2 % av barnen (21 av 130)". */
function based({ numerator, denominator }: Figure, locale: Locale, among?: string): string {
	const text = formatShareWithBase(numerator, denominator, locale);
	return among === undefined ? text : text.replace(' (', ` ${m.sentence_of({ among }, { locale })} (`);
}
