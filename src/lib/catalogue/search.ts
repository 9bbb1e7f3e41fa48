import type { Locale } from './text.ts';
import type { Variable } from './variable.ts';

/** The variables in whose name, label or description every word of a text is found, in their own order. */
export function searchVariables(variables: readonly Variable[], text: string, locale: Locale): Variable[] {
	const words = text.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
	return variables.filter((v) => {
		const all = `${v.id} ${v.label[locale]} ${v.description?.[locale] ?? ''}`.toLocaleLowerCase(locale);
		return words.every((word) => all.includes(word));
	});
}
