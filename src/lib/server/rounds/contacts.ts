import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { readEmail, sameEmail } from './mail-address.ts';
import { transaction, type Rounds } from './open.ts';

/** Somebody at a unit who gets its reports. The number is the unit's own and stays with the person; moments in ms. */
export type Contact = {
	unit: string;
	number: number;
	name: string;
	email: string;
	locale: Locale;
	since: number;
	endedAt: number | null;
};

export type NewContact = Pick<Contact, 'name' | 'email' | 'locale'>;

export const contactFields = ['name', 'email', 'locale'] as const;

/** A field of a contact that has to be mended. */
export type ContactField = (typeof contactFields)[number];

const row: z.ZodType<Contact> = z.object({
	unit: z.string(),
	number: z.int(),
	name: z.string(),
	email: z.string(),
	locale: z.enum(locales),
	since: z.int(),
	endedAt: z.int().nullable()
});
const columns = 'unit, number, name, email, locale, since, ended_at as endedAt';

const stated = z.object({
	name: z
		.string()
		.transform((name) =>
			name
				.normalize('NFC')
				.replace(/[\s\p{C}]+/gu, ' ')
				.trim()
		)
		.pipe(z.string().min(1).max(100)),
	email: z.string().transform((written, context) => {
		const email = readEmail(written);
		if (email === undefined) context.addIssue({ code: 'custom', message: 'no address' });
		return email ?? '';
	}),
	locale: z.enum(locales)
});

/** The contacts that the scope may see, ended ones too, by unit and number; of one unit if it is named. */
export function contactsOf(scope: Scope, { db }: Rounds, unit?: string): Contact[] {
	const rows = db
		.prepare(`select ${columns} from contact where $unit is null or unit = $unit order by unit, number`)
		.all({ unit: unit ?? null });
	return z
		.array(row)
		.parse(rows)
		.filter((contact) => maySee(scope, contact.unit));
}

/** One contact by its number, if there is one. Whoever asks has found the unit within the scope. */
export function findContact({ db }: Rounds, unit: string, number: number): Contact | undefined {
	const found = db.prepare(`select ${columns} from contact where unit = ? and number = ?`).get(unit, number);
	return found && row.parse(found);
}

/**
 * Gives a unit a contact with the next number that it has never had; or names the fields to mend. An address that
 * another contact of the unit has is one to mend: one person gets one mail.
 */
export function addContact(
	rounds: Rounds,
	unit: string,
	contact: NewContact,
	instant: number
): Contact | { wrong: ContactField[] } {
	const read = readContact(contact);
	if ('wrong' in read) return read;
	return transaction(rounds, () => {
		const { db } = rounds;
		if (isTaken(rounds, unit, read.email)) return { wrong: ['email'] };
		const last = db
			.prepare('select coalesce(max(number), 0) as number from contact where unit = ?')
			.get(unit);
		const number = Number(last?.number) + 1;
		db.prepare(
			`insert into contact (unit, number, name, email, locale, since)
			values ($unit, $number, $name, $email, $locale, $since)`
		).run({ unit, number, ...read, since: instant });
		return existing(rounds, unit, number);
	});
}

/** Changes what a contact is called and written to, under the same number; or names the fields to mend. */
export function changeContact(
	rounds: Rounds,
	unit: string,
	number: number,
	contact: NewContact
): Contact | { wrong: ContactField[] } {
	const read = readContact(contact);
	if ('wrong' in read) return read;
	return transaction(rounds, () => {
		if (isTaken(rounds, unit, read.email, number)) return { wrong: ['email'] };
		rounds.db
			.prepare(
				'update contact set name = $name, email = $email, locale = $locale where unit = $unit and number = $number'
			)
			.run({ unit, number, ...read });
		return existing(rounds, unit, number);
	});
}

/** A contact that gets nothing any more, from the mails that wait now on. The number is not used again. */
export function endContact(rounds: Rounds, unit: string, number: number, instant: number): Contact {
	rounds.db
		.prepare('update contact set ended_at = ? where unit = ? and number = ? and ended_at is null')
		.run(instant, unit, number);
	return existing(rounds, unit, number);
}

function readContact(contact: NewContact): NewContact | { wrong: ContactField[] } {
	const read = stated.safeParse(contact);
	if (read.success) return read.data;
	const paths = new Set(read.error.issues.map(({ path }) => path[0]));
	return { wrong: contactFields.filter((field) => paths.has(field)) };
}

/** Whether another contact of the unit, who has not ended, has the address. */
function isTaken({ db }: Rounds, unit: string, email: string, except = 0): boolean {
	return db
		.prepare('select email from contact where unit = ? and number <> ? and ended_at is null')
		.all(unit, except)
		.some((other) => sameEmail(String(other.email)) === sameEmail(email));
}

function existing(rounds: Rounds, unit: string, number: number): Contact {
	const contact = findContact(rounds, unit, number);
	if (!contact) throw new Error(`${unit} has no contact ${number}.`);
	return contact;
}
