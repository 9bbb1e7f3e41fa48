import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Act } from '#lib/server/access/audit.ts';

const names: Record<Act, typeof m.audit_act_refused> = {
	signedIn: m.audit_act_signed_in,
	signInFailed: m.audit_act_sign_in_failed,
	secondFactorFailed: m.audit_act_second_factor_failed,
	signedOut: m.audit_act_signed_out,
	signedOutEverywhere: m.audit_act_signed_out_everywhere,
	passwordChanged: m.audit_act_password_changed,
	secondFactorSet: m.audit_act_second_factor_set,
	secondFactorRemoved: m.audit_act_second_factor_removed,
	recoveryCodeUsed: m.audit_act_recovery_code_used,
	recoveryCodesRenewed: m.audit_act_recovery_codes_renewed,
	invited: m.audit_act_invited,
	linkMade: m.audit_act_link_made,
	linkUsed: m.audit_act_link_used,
	accountChanged: m.audit_act_account_changed,
	accountClosed: m.audit_act_account_closed,
	accountOpened: m.audit_act_account_opened,
	handedIn: m.audit_act_handed_in,
	mendListSeen: m.audit_act_mend_list_seen,
	mendListFetched: m.audit_act_mend_list_fetched,
	reportSeen: m.audit_act_report_seen,
	reportFetched: m.audit_act_report_fetched,
	issuesFetched: m.audit_act_issues_fetched,
	flagNoted: m.audit_act_flag_noted,
	roundFrozen: m.audit_act_round_frozen,
	roundApproved: m.audit_act_round_approved,
	roundSent: m.audit_act_round_sent,
	contactAdded: m.audit_act_contact_added,
	contactChanged: m.audit_act_contact_changed,
	contactEnded: m.audit_act_contact_ended,
	notebookWritten: m.audit_act_notebook_written,
	notebookAsked: m.audit_act_notebook_asked,
	notebookFetched: m.audit_act_notebook_fetched,
	auditSeen: m.audit_act_audit_seen,
	refused: m.audit_act_refused
};

/** What somebody did, in the reader's words: "Loggade in". */
export const actName = (act: Act, locale: Locale): string => names[act]({}, { locale });

/** All acts in the order of their names. */
export function actsByName(locale: Locale): Act[] {
	const { compare } = new Intl.Collator(locale);
	return (Object.keys(names) as Act[]).sort((a, b) => compare(actName(a, locale), actName(b, locale)));
}
