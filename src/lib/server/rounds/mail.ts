import { z } from 'zod';
import { locales, type Locale } from '#lib/catalogue/text.ts';

export const mailStates = ['queued', 'sending', 'sent', 'failed', 'bounced', 'doubtful', 'dropped'] as const;

/**
 * What has become of a mail. `sending`: bytes may have gone out and the answer is not noted yet; `doubtful`: it never
 * was, so that nobody knows, and a person decides; `dropped`: not sent, for a reason found just before.
 */
export type MailState = (typeof mailStates)[number];

/** What a mail is: the report of a unit, a reminder of it, or word to an administrator that a round waits for release. */
export const mailKinds = ['report', 'reminder', 'release'] as const;
export type MailKind = (typeof mailKinds)[number];

/**
 * A mail of the outbox, one for each recipient; moments in ms. `unit` and `contact` are '' and 0 for an
 * administrator. `fault` is one of mailFaults, or what the mail server answered; `answer` what it said when it took
 * the mail. `messageId` is made of the key; null before the first attempt.
 */
export type Mail = {
	key: string;
	kind: MailKind;
	round: string;
	edition: number;
	unit: string;
	contact: number;
	email: string;
	name: string;
	locale: Locale;
	state: MailState;
	attempts: number;
	queuedAt: number;
	firstTriedAt: number | null;
	nextAt: number | null;
	sentAt: number | null;
	messageId: string | null;
	fault: string | null;
	answer: string | null;
};

/** Why a mail was not sent, where it is not the mail server that says so. */
export const mailFaults = [
	'contactEnded',
	'noSuchUnit',
	'superseded',
	'notReleased',
	'released',
	'fetched',
	'noReport',
	'reportChanged',
	'noUtf8',
	'cutOff',
	'restored',
	'alreadySent'
] as const;
export type MailFault = (typeof mailFaults)[number];

export const mailRow: z.ZodType<Mail> = z.object({
	key: z.string(),
	kind: z.enum(mailKinds),
	round: z.string(),
	edition: z.int(),
	unit: z.string(),
	contact: z.int(),
	email: z.string(),
	name: z.string(),
	locale: z.enum(locales),
	state: z.enum(mailStates),
	attempts: z.int(),
	queuedAt: z.int(),
	firstTriedAt: z.int().nullable(),
	nextAt: z.int().nullable(),
	sentAt: z.int().nullable(),
	messageId: z.string().nullable(),
	fault: z.string().nullable(),
	answer: z.string().nullable()
});

export const mailColumns = `key, kind, round, edition, unit, contact, email, name, locale, state, attempts,
	queued_at as queuedAt, first_tried_at as firstTriedAt, next_at as nextAt, sent_at as sentAt,
	message_id as messageId, fault, answer`;

/** The key of a unit's mail to one of its contacts: of the report, or of the reminder with a number. */
export const mailKey = (
	{ round, edition, unit, contact }: Pick<Mail, 'round' | 'edition' | 'unit' | 'contact'>,
	reminder = 0
) => [round, edition, unit, contact, ...(reminder ? [`reminder-${reminder}`] : [])].join('.');
