import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { mailFaults, type MailFault } from './mail.ts';

/** Why a mail was not sent, in a sentence: our own reasons in the reader's language, a mail server's as it gave them. */
export function faultText(fault: string, locale: Locale): string {
	const sentences: Record<MailFault, (inputs: object, options: { locale: Locale }) => string> = {
		contactEnded: m.mail_fault_contact_ended,
		noSuchUnit: m.mail_fault_no_such_unit,
		superseded: m.mail_fault_superseded,
		notReleased: m.mail_fault_not_released,
		released: m.mail_fault_released,
		fetched: m.mail_fault_fetched,
		noReport: m.mail_fault_no_report,
		reportChanged: m.mail_fault_report_changed,
		noUtf8: m.mail_fault_no_utf8,
		cutOff: m.mail_fault_cut_off,
		restored: m.mail_fault_restored,
		alreadySent: m.mail_fault_already_sent
	};
	const own = mailFaults.find((each) => each === fault);
	return own ? sentences[own]({}, { locale }) : fault;
}
