import type { Condition } from '#lib/catalogue/condition.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from './numbers.ts';

type Variables = ReadonlyMap<string, Variable>;

/**
 * A condition in words, as it follows “births where …”: “”Dödfödd” är tomt”, “”Start” är ”Induktion””, parts
 * joined by and/or. Variables go by their labels, codes by theirs.
 */
export function conditionText(condition: Condition, variables: Variables, locale: Locale): string {
	const l = { locale };
	if ('all' in condition || 'any' in condition) {
		const parts = ('all' in condition ? condition.all : condition.any).map((part) => {
			const text = conditionText(part, variables, locale);
			return isJoined(part) ? `(${text})` : text;
		});
		return new Intl.ListFormat(locale === 'sv' ? 'sv-SE' : 'en-GB', {
			type: 'all' in condition ? 'conjunction' : 'disjunction'
		}).format(parts);
	}
	const v = variables.get(condition.variable);
	const variable = v?.label[locale] ?? condition.variable;
	if ('is' in condition)
		return condition.is === 'blank'
			? m.variable_condition_blank({ variable }, l)
			: m.variable_condition_recorded({ variable }, l);
	if ('in' in condition) {
		const answers = condition.in.map((code) => {
			const label = v?.codes?.find((each) => each.code === code)?.label[locale];
			return m.variable_condition_quoted({ text: label ?? code }, l);
		});
		const list = new Intl.ListFormat(locale === 'sv' ? 'sv-SE' : 'en-GB', { type: 'disjunction' });
		return m.variable_condition_in({ variable, answers: list.format(answers) }, l);
	}
	const limit = 'atLeast' in condition ? condition.atLeast : condition.atMost;
	const value = formatNumber(limit, locale, Number.isInteger(limit) ? 0 : 2);
	return 'atLeast' in condition
		? m.variable_condition_at_least({ variable, value }, l)
		: m.variable_condition_at_most({ variable, value }, l);
}

const isJoined = (condition: Condition) =>
	('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1);

/** To which births or deliveries a variable applies, as a sentence. */
export function applicabilityText(v: Variable, variables: Variables, locale: Locale): string {
	const l = { locale };
	if (!v.applicableWhen)
		return v.level === 'delivery' ? m.variable_all_deliveries({}, l) : m.variable_all_births({}, l);
	const condition = conditionText(v.applicableWhen, variables, locale);
	return v.level === 'delivery'
		? m.variable_deliveries_where({ condition }, l)
		: m.variable_births_where({ condition }, l);
}
