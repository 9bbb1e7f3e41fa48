import { error } from '@sveltejs/kit';
import type { Form } from '#lib/catalogue/register.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import {
	birthsToMend,
	birthsWithoutForm,
	type MendList,
	type MendQuestion
} from '#lib/server/figures/to-mend.ts';

/** What a list of births to mend is about, how it is headed, and the list. */
export type AskedMend = { variable?: Variable; form?: Form; title: string; list: MendList };

/**
 * The list of births to mend in a variable, or without the form, of this name. Answers 404 where there is neither,
 * and for a unit that there is not or that the reader may not see.
 */
export async function askedMend(
	{ register, scope }: App.Locals,
	name: string,
	question: MendQuestion
): Promise<AskedMend> {
	const locale = getLocale();
	const variable = register.definition.byId.get(name);
	const form = variable ? undefined : register.definition.register.forms.find(({ id }) => id === name);
	if (!variable && !form) error(404, m.mend_unknown({ name }));
	const list = variable
		? await birthsToMend(scope, register, { ...question, variable: name })
		: await birthsWithoutForm(scope, register, { ...question, form: name });
	if (!list) error(404, m.unit_unknown({ unit: question.unit }));
	const title = variable
		? m.mend_title({ label: variable.label[locale] })
		: m.mend_title_form({ form: form?.label[locale] ?? name });
	return { ...(variable && { variable }), ...(form && { form }), title, list };
}
