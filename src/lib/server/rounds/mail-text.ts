import type { Locale } from '#lib/catalogue/text.ts';
import { formatBirthMonth, formatDay, monthsName } from '#lib/format/days.ts';
import { hrefTo } from '#lib/format/href.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Day } from '#lib/period/day.ts';
import type { Round } from '#lib/period/round.ts';
import { mailDocument } from './mail-document.ts';
import type { Mail } from './mail.ts';

/** A mail's words: subject, and the same text plain and as HTML. */
export type MailText = { subject: string; text: string; html: string };

/** What a mail to a unit tells of, besides the mail itself. `opening` is the report's first sentence. */
export type Told = {
	round: Round;
	unitName: string;
	registerName: string;
	origin: string;
	opening: string | null;
	isAttached: boolean;
	mayAnswer: boolean;
	/** On which day the report was sent; for a reminder. */
	sentOn: Day | null;
};

/** Where people read a unit's report of a round. */
export const reportPath = (unit: string, round: string) => `/units/${unit}/rounds/${round}`;

/** Where administrators look a round through and release it. */
export const roundPath = (round: string) => `/rounds/${round}`;

/** A mail to a contact of a unit: its report, or word that nobody has fetched it. */
export function unitMail(
	{ kind, round, edition, unit, contact, name, locale }: Mail,
	{ round: held, unitName, registerName, origin, opening, isAttached, mayAnswer, sentOn }: Told
): MailText {
	const say = { locale };
	const period = monthsName(held.period, locale);
	const about = { unit: unitName, month: formatBirthMonth(held.heldIn, locale), period };
	const isReminder = kind === 'reminder';
	const isCorrected = edition > 1;
	const subject = isReminder
		? m.mail_subject_reminder(about, say)
		: isCorrected
			? m.mail_subject_corrected(about, say)
			: m.mail_subject_report(about, say);
	const day = sentOn ? formatDay(sentOn, locale) : '';
	return mailDocument({
		locale,
		subject,
		before: [
			m.mail_greeting({ name }, say),
			isReminder ? m.mail_reminder({ ...about, day }, say) : m.mail_report(about, say),
			...(isCorrected && !isReminder ? [m.mail_corrected({}, say)] : []),
			...(opening ? [opening] : []),
			isAttached ? m.mail_attached({}, say) : m.mail_linked({}, say)
		],
		link: { href: origin + hrefTo(reportPath(unit, round), locale), text: m.mail_link({}, say) },
		after: [
			m.mail_why({ number: contact, unit: unitName, register: registerName }, say),
			mayAnswer ? m.mail_answer({}, say) : m.mail_no_answer({}, say)
		]
	});
}

/** A mail to an administrator: the reports of a round are made and wait for somebody to release them. */
export function releaseMail(
	{ round, name, locale }: Pick<Mail, 'round' | 'name' | 'locale'>,
	{
		held,
		registerName,
		origin,
		isLate
	}: { held: Round; registerName: string; origin: string; isLate: boolean }
): MailText {
	const say = { locale };
	const about = {
		month: formatBirthMonth(held.heldIn, locale),
		period: monthsName(held.period, locale),
		day: held.sentOn ? formatDay(held.sentOn, locale) : ''
	};
	return mailDocument({
		locale,
		subject: m.mail_subject_release(about, say),
		before: [
			m.mail_greeting({ name }, say),
			m.mail_release(about, say),
			isLate ? m.mail_release_late(about, say) : m.mail_release_in_time(about, say)
		],
		link: { href: origin + hrefTo(roundPath(round), locale), text: m.mail_release_link({}, say) },
		after: [m.mail_release_why({ register: registerName }, say)]
	});
}

/** What an attached report is called: in letters that every mail program keeps. */
export function attachmentName({ locale, unit, round, edition }: Mail): string {
	const word: Record<Locale, string> = { sv: 'aterkoppling', en: 'feedback' };
	return `${word[locale]}-${unit}-${round}${edition > 1 ? `-${edition}` : ''}.pdf`;
}
