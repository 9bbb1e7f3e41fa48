import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MendFault } from '#lib/server/figures/to-mend.ts';

const names: Record<MendFault, typeof m.mend_fault_blank> = {
	invalid: m.mend_fault_invalid,
	blank: m.mend_fault_blank,
	unknown: m.mend_fault_unknown,
	implausible: m.mend_fault_implausible,
	form: m.mend_fault_form
};

/** What is wrong with a birth, in a word or two: "Inte ifyllt". */
export const faultName = (fault: MendFault, locale: Locale): string => names[fault]({}, { locale });
