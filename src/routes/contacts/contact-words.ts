import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';

/** The language that a contact is written to in, as a reader says it: "svenska". */
export const languageName = (locale: Locale): string =>
	locale === 'sv' ? m.contact_language_sv() : m.contact_language_en();
