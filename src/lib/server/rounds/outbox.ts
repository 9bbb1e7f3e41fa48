import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { contactsOf, type Contact } from './contacts.ts';
import { hasReached } from './compose.ts';
import { noteEvent } from './mail-moves.ts';
import { mailColumns, mailKey, mailRow, mailStates, type Mail } from './mail.ts';
import { transaction, type Rounds } from './open.ts';
import { heldBack, unitsReported } from './released.ts';

export { findMail, markBounced, queueAgain, settleDoubtful } from './mail-moves.ts';
export { mailFaults, mailStates, type Mail, type MailState } from './mail.ts';

/** How many mails were put into the outbox, and the units that have a report and nobody to send it to. */
export type Queued = { queued: number; without: string[] };

/**
 * Puts an edition's mails into the outbox, one for each contact of each unit within the scope that it has a report
 * of. To be done again at any time: whoever has a mail of this edition gets no second one. Throws for an edition that
 * is not released or no longer the newest.
 */
export function queueMails(
	scope: Scope,
	rounds: Rounds,
	definition: Definition,
	round: string,
	edition: number,
	instant: number
): Queued {
	const fault = heldBack(rounds, round, edition);
	if (fault) throw new Error(`Edition ${edition} of the round ${round} is not sent: ${fault}.`);
	return transaction(rounds, () => {
		const units = unitsReported(rounds, round, edition).filter(
			(unit) => definition.unitById.has(unit) && maySee(scope, unit)
		);
		const queued = units.map((unit) => {
			const contacts = openContacts(scope, rounds, unit);
			const fresh = contacts.filter(
				(to) => !hasReached(rounds, { round, edition, unit, contact: to.number }, to.email)
			);
			return { unit, contacts, fresh: fresh.filter((to) => queueOne(rounds, round, edition, to, instant)) };
		});
		return {
			queued: queued.reduce((sum, { fresh }) => sum + fresh.length, 0),
			without: queued.filter(({ contacts }) => contacts.length === 0).map(({ unit }) => unit)
		};
	});
}

/** The contacts of a unit that have not ended. */
export const openContacts = (scope: Scope, rounds: Rounds, unit: string): Contact[] =>
	contactsOf(scope, rounds, unit).filter(({ endedAt }) => endedAt === null);

/** Puts one mail to a contact into the outbox: the report, or a numbered reminder. False when it is there already. */
export function queueOne(
	rounds: Rounds,
	round: string,
	edition: number,
	{ unit, number, email, name, locale }: Contact,
	instant: number,
	reminder = 0
): boolean {
	const key = mailKey({ round, edition, unit, contact: number }, reminder);
	const kind = reminder ? 'reminder' : 'report';
	return put(rounds, { key, kind, round, edition, unit, contact: number, email, name, locale }, instant);
}

/** Puts a mail into the outbox; false when one with its key is there already. */
export function put(
	rounds: Rounds,
	mail: Pick<Mail, 'key' | 'kind' | 'round' | 'edition' | 'unit' | 'contact' | 'email' | 'name' | 'locale'>,
	instant: number
): boolean {
	return transaction(rounds, () => {
		const { changes } = rounds.db
			.prepare(
				`insert or ignore into mail
					(key, kind, round, edition, unit, contact, email, name, locale, state, queued_at, next_at)
				values ($key, $kind, $round, $edition, $unit, $contact, $email, $name, $locale, 'queued', $at, $at)`
			)
			.run({ ...mail, at: instant });
		if (changes === 1) noteEvent(rounds, mail.key, 'queued', instant);
		return changes === 1;
	});
}

/**
 * The mails to units of a round, of one edition or of all, as far as the scope reaches: by unit and contact, the
 * report before its reminders.
 */
export function mailsOf(scope: Scope, { db }: Rounds, round: string, edition?: number): Mail[] {
	const rows = db
		.prepare(
			`select ${mailColumns} from mail
			where round = $round and ($edition is null or edition = $edition) and kind <> 'release'
			order by unit, contact, edition, queued_at, key`
		)
		.all({ round, edition: edition ?? null });
	return z
		.array(mailRow)
		.parse(rows)
		.filter(({ unit }) => maySee(scope, unit));
}

const eventRow = z.object({
	at: z.int(),
	state: z.enum(mailStates),
	name: z.string().nullable(),
	note: z.string().nullable()
});

/** Something that became of a mail, when (ms), by whom (null: the program), and words to it. */
export type MailEvent = z.infer<typeof eventRow>;

/** What has become of a mail, the first first; nothing when its unit is outside the scope. */
export function mailEvents(scope: Scope, { db }: Rounds, key: string): MailEvent[] {
	const found = db.prepare('select unit from mail where key = ?').get(key);
	if (!found || !maySee(scope, String(found.unit))) return [];
	const rows = db
		.prepare('select at, state, name, note from mail_event where key = ? order by number')
		.all(key);
	return z.array(eventRow).parse(rows);
}
