import type { ShownChoice, ShownInput } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { lineOf, type Place } from './html-place.ts';
import { escaped } from './html-text.ts';

/** The beginning of the keys by which an address says which page of a table is shown. */
export const pageKey = 'page-';

/** Parameters as the fields of a form that asks for the same page; in a file the line that says what was chosen. */
export function inputsHtml(inputs: readonly ShownInput[], line: number, place: Place): string {
	if (place.query === null) return `<p class="note">${escaped(chosenText(inputs))}</p>`;
	const { locale } = place;
	const own = new Set(inputs.map(({ name }) => name));
	// another choice makes other tables: their pages begin anew
	const others = [...new URLSearchParams(place.query)].filter(
		([key]) => !own.has(key) && !key.startsWith(pageKey)
	);
	return `<form class="inputs" method="get" aria-label="${escaped(m.block_fields({}, { locale }))}"${lineOf(place, line)}>${inputs
		.map((input) => field(input, place))
		.join('')}${others
		.map(([key, value]) => `<input type="hidden" name="${escaped(key)}" value="${escaped(value)}">`)
		.join('')}<p><button>${escaped(m.block_show({}, { locale }))}</button></p></form>`;
}

/** What was chosen, as one line: “Enhet: Alla enheter · Period: 2025”. */
export const chosenText = (inputs: readonly ShownInput[]) =>
	inputs
		.filter(({ text }) => text !== '')
		.map(({ label, text }) => `${label}: ${text}`)
		.join(' · ');

function field(input: ShownInput, { id: block, locale }: Place): string {
	const { name, type, label, missing } = input;
	const id = `${block}-${name}`;
	const hint = type === 'period' ? m.block_period_hint({}, { locale }) : '';
	const needed = missing ? m.block_needed({}, { locale }) : '';
	const describedBy = [hint && `${id}-hint`, needed && `${id}-needed`].filter(Boolean).join(' ');
	const attributes = `id="${id}" name="${escaped(name)}"${missing ? ' aria-invalid="true"' : ''}${
		describedBy ? ` aria-describedby="${describedBy}"` : ''
	}`;
	return `<div><label for="${id}">${escaped(label)}</label>${control(input, attributes, id, locale)}${
		hint ? `<small id="${id}-hint">${escaped(hint)}</small>` : ''
	}${needed ? `<small id="${id}-needed" class="needed">${escaped(needed)}</small>` : ''}</div>`;
}

const fieldTypes: Partial<Record<ShownInput['type'], string>> = {
	day: 'type="date"',
	number: 'type="number" step="any"'
};

function control(
	{ type, value, text, choices, missing }: ShownInput,
	attributes: string,
	id: string,
	locale: Place['locale']
): string {
	const written = `value="${escaped(value)}"`;
	// a period may also be written; the list helps
	if (type === 'period' && choices)
		return `<input ${attributes} ${written} list="${id}-list" autocomplete="off"><datalist id="${id}-list">${options(choices, value)}</datalist>`;
	if (!choices) return `<input ${attributes} ${fieldTypes[type] ?? 'type="text"'} ${written}>`;
	const isAmong = choices.some((choice) => choice.value === value);
	const first = missing
		? `<option value="" selected>${escaped(m.block_choose({}, { locale }))}</option>`
		: isAmong
			? ''
			: options([{ value, label: text || value }], value);
	return `<select ${attributes}>${first}${options(choices, missing ? undefined : value)}</select>`;
}

/** The options, those of a group together in the order in which the groups are met. */
function options(choices: readonly ShownChoice[], chosen: string | undefined): string {
	const groups = Map.groupBy(choices, ({ group }) => group ?? '');
	return [...groups]
		.map(([group, own]) => {
			const written = own
				.map(
					({ value, label }) =>
						`<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`
				)
				.join('');
			return group ? `<optgroup label="${escaped(group)}">${written}</optgroup>` : written;
		})
		.join('');
}
