import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay } from './days.ts';
import { formatNumber } from './numbers.ts';

type Limits = NonNullable<Variable['hardLimits']>;

/** Limits in words: "100–9 000 g", "från 60 dagar före födelsen till födelsedagen". */
export function limitsText([low, high]: Limits, measure: string | undefined, locale: Locale): string {
	if (typeof low === 'number' && typeof high === 'number') {
		const range = `${number(low, locale)}–${number(high, locale)}`;
		return measure ? `${range}\u00a0${measure}` : range;
	}
	return m.variable_limits_days(
		{ from: dayText(String(low), locale), to: dayText(String(high), locale) },
		{ locale }
	);
}

function number(value: number, locale: Locale): string {
	const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
	return formatNumber(value, locale, decimals);
}

/** A limit of days: a date, the day of birth or of receipt, or so many days before or after it. */
function dayText(limit: string, locale: Locale): string {
	const l = { locale };
	const relative = /^(birth|received)(?:([+-])(\d+)d)?$/.exec(limit);
	if (!relative) return formatDay(limit, locale);
	const [, from, sign, days = '0'] = relative;
	const count = Number(days);
	const of = from === 'birth' ? m.variable_day_birth({}, l) : m.variable_day_received({}, l);
	if (count === 0) return of;
	return sign === '-'
		? m.variable_days_before({ count, day: of }, l)
		: m.variable_days_after({ count, day: of }, l);
}
