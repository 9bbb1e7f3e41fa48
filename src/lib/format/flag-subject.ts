import { m } from '#lib/paraglide/messages.js';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { BirthMonth } from '#lib/period/birth-month.ts';

/** The parts of a flag's id (see `flagId`): what is the matter, with which variable or form, and the first month judged. */
export function partsOfFlagId(id: string): { matter: string; subject: string | null; from: BirthMonth } {
	const parts = id.split('.');
	return {
		matter: parts[0] ?? '',
		subject: parts.length > 2 ? (parts[1] ?? null) : null,
		from: parts.at(-1) ?? ''
	};
}

/** What a flag is about, by its id alone, as a heading: a variable's name, "Formuläret MHV2", "Volym". */
export function flagSubject(id: string, { byId }: Pick<Definition, 'byId'>, locale: Locale): string {
	const { matter, subject } = partsOfFlagId(id);
	if (subject !== null && matter === 'form') return m.flag_subject_form({ form: subject }, { locale });
	if (subject !== null) return byId.get(subject)?.label[locale] ?? subject;
	return matter === 'late' ? m.unit_in_time({}, { locale }) : m.unit_volume({}, { locale });
}
