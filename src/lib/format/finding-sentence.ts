import { formatBirthMonth, monthName } from './days.ts';
import { formatChange, formatCount, formatShare, formatShareWithBase } from './numbers.ts';
import { capitalised, listText } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { addMonths, monthNumber, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { birthMonthOf } from '#lib/period/day.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Figure } from '#lib/measures/figure.ts';
import type { Finding } from '#lib/measures/finding.ts';
import type { View } from '#lib/period/view.ts';

/** What the words of a finding hang on: the names in the register, when it is seen from, and the language. */
export type FindingContext = { definition: Definition; view: View; locale: Locale };

/** Of so few recorded values we say that nearly all are missing. */
const nearlyNone = 0.1;

type FindingOf<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;

/**
 * A finding as a sentence that needs no explanation, without its full stop: "Apgar vid 5 minuter saknas för
 * nästan alla barn sedan april (3,1 % mot 99,2 % i fjol)".
 */
export function findingSentence(finding: Finding, context: FindingContext): string {
	const { locale } = context;
	switch (finding.kind) {
		case 'notReported':
			return m.sentence_not_reported(
				{
					count: finding.months.length,
					months: capitalised(monthsText(finding.months, context)),
					births: formatCount(finding.births, locale)
				},
				{ locale }
			);
		case 'volumeLow':
		case 'volumeHigh':
			return volumeText(finding, locale);
		case 'formMissing':
			return formText(finding, context);
		case 'variable':
			return variableText(finding, context);
		case 'invalid':
		case 'implausible': {
			const words = finding.kind === 'invalid' ? m.sentence_invalid : m.sentence_implausible;
			const v = context.definition.byId.get(finding.variable);
			const variable = v?.label[locale] ?? finding.variable;
			return words({ variable, share: based(finding.figure, locale) }, { locale });
		}
		case 'late':
			return m.sentence_late({ share: based(finding.figure, locale) }, { locale });
	}
}

/** What births a finding concerns, for a column: "1 021 barn", "402 mödrar", "570 födslar". */
export function concernedText(finding: Finding, { definition, locale }: FindingContext): string {
	const count = finding.births;
	const written = formatCount(count, locale);
	const level = levelOf(finding, definition);
	const words = { birth: m.sentence_children, delivery: m.sentence_mothers, none: m.sentence_births };
	return words[level ?? 'none']({ count, written }, { locale });
}

function levelOf(finding: Finding, { byId, register }: Definition): 'birth' | 'delivery' | undefined {
	if ('variable' in finding) return byId.get(finding.variable)?.level;
	return finding.kind === 'formMissing'
		? register.forms.find((f) => f.id === finding.form)?.level
		: undefined;
}

/** Since when something has been so, where that is known: "april", or with its year when that is another. */
export function sinceText(finding: Finding, context: FindingContext): string | null {
	const month = 'since' in finding ? finding.since?.month : undefined;
	if (month !== undefined) return monthText(month, context);
	return finding.kind === 'notReported' ? monthsText(finding.months.slice(0, 1), context) : null;
}

/** A month by its name alone in the year that is looked at: "april", else "november 2025". */
export function monthText(month: BirthMonth, { view, locale }: Omit<FindingContext, 'definition'>): string {
	return yearOf(month) === yearOf(view.period.to)
		? monthName(monthNumber(month), locale)
		: formatBirthMonth(month, locale);
}

/** "juli", "juli och augusti"; three or more in a row "januari–mars". */
export function monthsText(
	months: readonly BirthMonth[],
	context: Omit<FindingContext, 'definition'>
): string {
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
export function yearBeforeText({ view, locale }: Omit<FindingContext, 'definition'>): string {
	const thisYear = yearOf(view.period.to) === yearOf(birthMonthOf(view.asOf));
	return thisYear ? m.sentence_last_year({}, { locale }) : m.sentence_year_before({}, { locale });
}

function volumeText({ kind, volume }: FindingOf<'volumeLow' | 'volumeHigh'>, locale: Locale): string {
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

function formText({ form, figure, since }: FindingOf<'formMissing'>, context: FindingContext): string {
	const { definition, locale } = context;
	const found = definition.register.forms.find((f) => f.id === form);
	const name = found ? `${found.id} (${found.label[locale]})` : form;
	const level = found?.level ?? 'birth';
	const among = amongWords[level].all({}, { locale });
	if (!since) return m.sentence_form({ form: name, share: based(figure, locale, among) }, { locale });
	const month = monthText(since.month, context);
	if ((since.figure.share ?? 0) > 1 - nearlyNone)
		return m.sentence_form_stopped(
			{ form: name, who: whoWords[level].all({}, { locale }), month, share: based(since.figure, locale) },
			{ locale }
		);
	return m.sentence_form_since({ form: name, share: based(since.figure, locale, among), month }, { locale });
}

function variableText(finding: FindingOf<'variable'>, context: FindingContext): string {
	const { definition, locale } = context;
	const v = definition.byId.get(finding.variable);
	const variable = v?.label[locale] ?? finding.variable;
	const share = shareOf(finding.figure, locale);
	const among = v ? amongWords[v.level][reach(v, definition)]({}, { locale }) : '';
	if (finding.earlier.share === null) {
		const target = formatShare(v?.target ?? 1, locale, 0);
		return m.sentence_below_target({ variable, share, among, target }, { locale });
	}
	const before = { earlier: formatShare(finding.earlier.share, locale), before: yearBeforeText(context) };
	const since = finding.since && { month: monthText(finding.since.month, context) };
	const now = finding.since?.figure ?? finding.figure;
	if (v && v.completeness !== 'value')
		return since
			? m.sentence_ticks_since({ variable, share: shareOf(now, locale), ...since, ...before }, { locale })
			: m.sentence_ticks({ variable, share, ...before }, { locale });
	if (!since) return m.sentence_fell({ variable, share, among, ...before }, { locale });
	const shareSince = shareOf(now, locale);
	if (v && now.share !== null && now.share < nearlyNone) {
		const who = whoWords[v.level][reach(v, definition)]({}, { locale });
		return m.sentence_stopped({ variable, who, share: shareSince, ...since, ...before }, { locale });
	}
	return m.sentence_fell_since({ variable, share: shareSince, ...since, ...before }, { locale });
}

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
