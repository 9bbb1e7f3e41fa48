import type { Locale } from '#lib/catalogue/text.ts';
import { periodName, formatDay } from '#lib/format/days.ts';
import { m } from '#lib/paraglide/messages.js';
import { isDay } from '#lib/period/day.ts';
import { parsePeriod } from '#lib/period/period.ts';
import { BlockFault, nearest } from './fault.ts';
import type { Arguments, Choices, Header, Parameter } from './front-matter.ts';
import type { ShownChoice, ShownInput } from './model.ts';

/** What the fields are made of; `names` are the parameters shown, in their order, all of them without it. */
type Asked = {
	names: readonly string[] | null;
	values: Arguments;
	missing: readonly string[];
	choices: Choices;
	locale: Locale;
};

/** The parameters of a notebook as fields. Throws a BlockFault for a name that is none. */
export function shownInputs(
	{ parameters }: Header,
	{ names, values, missing, choices, locale }: Asked
): ShownInput[] {
	const known = Object.keys(parameters);
	return (names ?? known).map((name) => {
		const declared = parameters[name];
		if (!declared) throw new BlockFault(`there is no parameter ${name}${nearest(name, known)}`);
		const value = values[name] ?? '';
		const among = choicesOf(declared, choices, locale);
		return {
			name,
			type: declared.type,
			label: declared.label[locale],
			value,
			text: among?.find((choice) => choice.value === value)?.label ?? textOf(declared, value, locale),
			choices: among,
			missing: missing.includes(name)
		};
	});
}

function choicesOf(declared: Parameter, choices: Choices, locale: Locale): ShownChoice[] | null {
	const { type, default: usual } = declared;
	if (type === 'choice')
		return declared.choices?.map(({ value, label }) => ({ value, label: label[locale] })) ?? [];
	if (type === 'boolean')
		return [
			{ value: 'true', label: m.block_yes({}, { locale }) },
			{ value: 'false', label: m.block_no({}, { locale }) }
		];
	const found = choices[type];
	if (!found) return null;
	const all = { unit: m.block_all_units, region: m.block_all_regions, variable: m.block_all_variables };
	const word =
		usual === '' && (type === 'unit' || type === 'region' || type === 'variable') ? all[type] : undefined;
	return [...(word ? [{ value: '', label: word({}, { locale }) }] : []), ...found];
}

/** A value as a reader says it, where there is no list that it is chosen from. */
function textOf({ type }: Parameter, value: string, locale: Locale): string {
	const period = type === 'period' ? parsePeriod(value) : undefined;
	if (period) return periodName(period, locale);
	return type === 'day' && isDay(value) ? formatDay(value, locale) : value;
}
