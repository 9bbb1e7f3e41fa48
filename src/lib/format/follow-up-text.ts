import { formatDay } from './days.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import type { FollowUp, Note, Reason } from '#lib/measures/follow-up.ts';

const reasonWords: Record<Reason, typeof m.flag_reason_known> = {
	known: m.flag_reason_known,
	beingMended: m.flag_reason_being_mended,
	notAnError: m.flag_reason_not_an_error,
	systemChange: m.flag_reason_system_change
};

/** Why a flag may rest, as it stands within a sentence: "åtgärdas". */
export const reasonText = (reason: Reason, locale: Locale): string => reasonWords[reason]({}, { locale });

/**
 * How a flag is followed up, in brief: "Kvitterad till 31 december 2026: åtgärdas", or why it is back, or that it
 * is new; null for one that is neither.
 */
export function followUpText(
	{ acknowledged, back, ended }: FollowUp,
	isNew: boolean,
	locale: Locale
): string | null {
	if (acknowledged) return noteTitle(acknowledged, locale);
	if (back === 'worse') return m.flag_state_worse({}, { locale });
	if (back === 'expired') return m.flag_state_expired({ day: dayText(ended?.until, locale) }, { locale });
	return isNew ? m.flag_state_new({}, { locale }) : null;
}

/** What an entry in the log is: an acknowledgement with its day and reason, a note, or a withdrawal. */
export function noteTitle({ kind, until, reason }: Note, locale: Locale): string {
	if (kind === 'note') return m.flag_log_note({}, { locale });
	if (kind === 'withdrawn') return m.flag_log_withdrawn({}, { locale });
	const said = { day: dayText(until, locale), reason: reason === null ? '–' : reasonText(reason, locale) };
	return m.flag_state_acknowledged(said, { locale });
}

const dayText = (day: string | null | undefined, locale: Locale) => (day ? formatDay(day, locale) : '–');
