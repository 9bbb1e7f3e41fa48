import type { Definition } from '#lib/catalogue/catalogue.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { findContact } from './contacts.ts';
import { existingEdition } from './edition.ts';
import { isFetched } from './fetches.ts';
import { sameEmail } from './mail-address.ts';
import { attachmentName, releaseMail, unitMail } from './mail-text.ts';
import type { Mail, MailFault } from './mail.ts';
import type { Rounds } from './open.ts';
import type { MailSettings } from './mail-settings.ts';
import type { Letter } from './post.ts';
import { reportBytes } from './damaged.ts';
import { heldBack, unitReport } from './released.ts';

/** What letters are made with: the register's definition, the address that people reach us at, and the settings. */
export type Composing = { definition: Definition; origin: string; settings: MailSettings };

/**
 * Whom a mail goes to as of now, or why it goes to nobody: the contact may have ended or have another address, the
 * edition be replaced by a later one, the unit be gone. Asked when a mail is queued and again just before it is sent.
 */
export function recipient(
	rounds: Rounds,
	definition: Definition,
	mail: Mail
): Pick<Mail, 'email' | 'name' | 'locale'> | { dropped: MailFault } {
	const { kind, round, edition, unit, contact: number } = mail;
	const held = heldBack(rounds, round, edition);
	if (kind === 'release') return held === 'notReleased' ? mail : { dropped: held ?? 'released' };
	if (held) return { dropped: held };
	if (!definition.unitById.has(unit)) return { dropped: 'noSuchUnit' };
	const contact = findContact(rounds, unit, number);
	if (!contact || contact.endedAt !== null) return { dropped: 'contactEnded' };
	if (kind === 'reminder' && isFetched(rounds, round, edition, unit)) return { dropped: 'fetched' };
	if (kind === 'report' && hasReached(rounds, mail, contact.email)) return { dropped: 'alreadySent' };
	return contact;
}

/**
 * Whether an edition's report of a unit has been sent to an address, or may have been, as another contact's: somebody
 * who was ended and is a contact again has another number.
 */
export function hasReached(
	{ db }: Rounds,
	{ round, edition, unit, contact }: Pick<Mail, 'round' | 'edition' | 'unit' | 'contact'>,
	email: string
): boolean {
	return db
		.prepare(
			`select email from mail where round = ? and edition = ? and unit = ? and contact <> ? and kind = 'report'
				and state in ('sending', 'sent', 'doubtful')`
		)
		.all(round, edition, unit, contact)
		.some((other) => sameEmail(String(other.email)) === sameEmail(email));
}

/** A mail as a letter, its Message-ID made of its key; or why there can be none. */
export async function compose(
	rounds: Rounds,
	mail: Mail,
	{ definition, origin, settings }: Composing,
	instant: number
): Promise<Letter | { failed: MailFault }> {
	const { key, kind, round, edition, unit, email, name, locale } = mail;
	const registerName = definition.register.name[locale];
	const held = existingEdition(rounds, round, edition).held;
	const envelope = {
		key,
		messageId: messageId(key, settings),
		date: instant,
		locale,
		from: { address: settings.from.address, name: settings.from.name || registerName },
		...(settings.replyTo && { replyTo: settings.replyTo }),
		to: { name, address: email }
	};
	if (kind === 'release') {
		const isLate = held.sentOn !== null && swedishTime(instant).slice(0, 10) > held.sentOn;
		return { ...envelope, ...releaseMail(mail, { held, registerName, origin, isLate }), attachments: [] };
	}
	const report = unitReport(rounds, round, edition, unit, locale);
	if (!report) return { failed: 'noReport' };
	// a reminder is to be followed to the page: that is how we know
	const isAttached = settings.attach && kind === 'report';
	const bytes = isAttached ? await reportBytes(rounds, report).catch(() => undefined) : undefined;
	if (isAttached && !bytes) return { failed: 'reportChanged' };
	const text = unitMail(mail, {
		round: held,
		unitName: definition.unitById.get(unit)?.name ?? unit,
		registerName,
		origin,
		opening: report.opening,
		isAttached,
		mayAnswer: settings.replyTo !== undefined,
		sentOn: reportSentOn(rounds, mail)
	});
	return {
		...envelope,
		...text,
		attachments: bytes ? [{ filename: attachmentName(mail), content: bytes }] : []
	};
}

/** The same for every attempt, so that a mail server, or whoever got it twice, knows it again. */
export function messageId(key: string, { from }: MailSettings): string {
	return `${key}@${from.address.slice(from.address.lastIndexOf('@') + 1)}`;
}

/** On which day the unit's report was sent to it first. */
function reportSentOn({ db }: Rounds, { round, edition, unit }: Mail): string | null {
	const found = db
		.prepare(
			`select min(sent_at) as at from mail where round = ? and edition = ? and unit = ? and kind = 'report'`
		)
		.get(round, edition, unit);
	return typeof found?.at === 'number' ? swedishTime(found.at).slice(0, 10) : null;
}
