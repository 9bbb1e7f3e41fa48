import type { Locale } from '#lib/catalogue/text.ts';
import { formatBirthMonth, formatDay, monthName, monthsName } from '#lib/format/days.ts';
import { daysAheadText } from '#lib/format/sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { monthNumber, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import { daysBetween, type Day } from '#lib/period/day.ts';
import type { Round } from '#lib/period/round.ts';
import type { MailState } from '#lib/server/rounds/mail.ts';
import type { KeptRound } from '#lib/server/rounds/rounds.ts';
import type { ReceiptState } from './receipts/receipt.ts';

type Words = (inputs: object, options: { locale: Locale }) => string;

const stateWords: Record<KeptRound['state'], Words> = {
	planned: m.round_state_planned,
	frozen: m.round_state_frozen,
	made: m.round_state_made,
	released: m.round_state_released,
	dispatched: m.round_state_dispatched
};

/** How far a round has come: "Planerad", "Rapporterna är gjorda". */
export const stateName = (state: KeptRound['state'], locale: Locale) => stateWords[state]({}, { locale });

const mailWords: Record<MailState, Words> = {
	queued: m.round_mail_queued,
	sending: m.round_mail_sending,
	sent: m.round_mail_sent,
	failed: m.round_mail_failed,
	bounced: m.round_mail_bounced,
	doubtful: m.round_mail_doubtful,
	dropped: m.round_mail_dropped
};

/** What has become of a mail: "Skickat", "Kom tillbaka". */
export const mailStateName = (state: MailState, locale: Locale) => mailWords[state]({}, { locale });

const receiptWords: Record<ReceiptState, Words> = {
	fetched: m.round_receipt_fetched,
	sent: m.round_receipt_sent,
	waiting: m.round_receipt_waiting,
	failed: m.round_receipt_failed,
	doubtful: m.round_receipt_doubtful,
	unsent: m.round_receipt_unsent,
	noContact: m.round_receipt_no_contact,
	none: m.round_receipt_none
};

/** What has become of a unit's report, in a word or two: "skickad", "ingen kontakt". */
export const receiptName = (state: ReceiptState, locale: Locale) => receiptWords[state]({}, { locale });

/** A round by when it is held: "Återkopplingen i september 2026"; the silent one by the year that it closes. */
export function roundTitle({ heldIn, period, sentOn }: Round, locale: Locale): string {
	return sentOn === null
		? m.round_title_closing({ year: yearOf(period.from) }, { locale })
		: m.round_title({ month: formatBirthMonth(heldIn, locale) }, { locale });
}

/** The month of a round as it heads a line: "September 2026". */
export function heldInName(month: BirthMonth, locale: Locale): string {
	const name = formatBirthMonth(month, locale);
	return name.charAt(0).toLocaleUpperCase('sv') + name.slice(1);
}

/** The month of a round as it heads a narrow column: "sep 26". */
export const heldInBrief = (month: BirthMonth, locale: Locale) =>
	`${monthName(monthNumber(month), locale).slice(0, 3)}\u00a0${String(yearOf(month)).slice(2)}`;

/** What a round looks at, from which day, and when it is sent, in brief. */
export function roundAbout({ period, cutOff, sentOn }: Round, locale: Locale): string {
	const about = { period: monthsName(period, locale), cutOff: formatDay(cutOff, locale) };
	return sentOn === null
		? m.round_about_closing(about, { locale })
		: m.round_about({ ...about, sentOn: formatDay(sentOn, locale) }, { locale });
}

/** A day with how far ahead it is, while it is: "1 december 2026, om 8 dagar". */
export function dayAhead(day: Day, today: Day, locale: Locale): string {
	const days = daysBetween(today, day);
	return days < 0
		? formatDay(day, locale)
		: m.round_day_ahead({ day: formatDay(day, locale), away: daysAheadText(days, locale) }, { locale });
}
