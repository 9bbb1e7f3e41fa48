import { z } from 'zod';
import type { Scope } from '#lib/access/scope.ts';
import { noteKinds, reasons, severities, type Note } from '#lib/measures/follow-up.ts';
import { isDay, monthsLater, type Day } from '#lib/period/day.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import type { Statements, Writer } from '#lib/server/db/database.ts';
import { entering } from './ledger.ts';
import { nextNumbers } from './ledger-entry.ts';
import type { Register } from './open.ts';
import { withinScope } from './scope-sql.ts';

/**
 * What is written in the form of a note, as texts, and the name of who is signed in. `key` is the form's own, so
 * that a form sent twice is one note.
 */
export type WrittenNote = Record<'key' | 'kind' | 'reason' | 'until' | 'text' | 'who', string>;

/** What a note is written on: a flag as it is now, or by its id alone where it is no longer there. */
export type Noted = Pick<Note, 'unit' | 'births' | 'severity'> & { id: string };

export const noteFields = ['reason', 'until', 'text'] as const;

/** A field of the form that has to be mended. */
export type NoteField = (typeof noteFields)[number];

/** So long may the text of a note be, and the name under it. */
export const mostCharacters = { text: 2000, who: 100 };

/** A text without blanks around it; a browser sends every line's end as two characters. */
const words = (most: number) =>
	z
		.string()
		.transform((text) => text.replaceAll('\r\n', '\n').trim())
		.pipe(z.string().max(most))
		.transform(withoutIdentityNumbers);
const nothing = z.any().transform(() => null);

const formKey = z.string().min(16).max(64);

/** Whether this may be the key of a form of ours. */
export const isFormKey = (key: string) => formKey.safeParse(key).success;

/** What a note may say on a day: the last day of an acknowledgement lies ahead, by a year at most. */
function written(today: Day) {
	const any = {
		key: formKey,
		who: words(mostCharacters.who).transform((name) => name || null),
		text: words(mostCharacters.text)
	};
	const until = z.string().refine((day) => isDay(day) && day > today && day <= monthsLater(today, 12));
	return z.discriminatedUnion('kind', [
		z.object({ ...any, kind: z.literal('acknowledged'), reason: z.enum(reasons), until }),
		z.object({
			...any,
			kind: z.literal('note'),
			reason: nothing,
			until: nothing,
			text: any.text.refine((text) => text !== '')
		}),
		z.object({ ...any, kind: z.literal('withdrawn'), reason: nothing, until: nothing })
	]);
}

const columns = `unit, flag, number, strftime(written_at, '%Y-%m-%d %H:%M:%S') as "at", who, kind, reason, text, until, births, severity`;
const row: z.ZodType<Note> = z.object({
	unit: z.string(),
	flag: z.string(),
	number: z.int(),
	at: z.string(),
	who: z.string().nullable(),
	kind: z.enum(noteKinds),
	reason: z.enum(reasons).nullable(),
	text: z.string(),
	until: z.string().nullable(),
	births: z.int().nullable(),
	severity: z.enum(severities).nullable()
});

/**
 * Adds a note to the log of a flag, at a local time, and gives it back; or names the fields that are missing or
 * not as they should be. The same form sent twice with the same words is one note: the second time gives the first
 * one. No identity number is kept. Throws ZodError for what no form of ours sends.
 */
export async function addNote(
	register: Pick<Register, 'db' | 'journal'>,
	{ id, unit, births, severity }: Noted,
	form: WrittenNote,
	at: string
): Promise<{ note: Note } | { wrong: NoteField[] }> {
	const read = written(at.slice(0, 10)).safeParse(form);
	if (!read.success) {
		const paths = new Set(read.error.issues.map(({ path }) => path[0]));
		const wrong = noteFields.filter((field) => paths.has(field));
		if (wrong.length === 0) throw read.error;
		return { wrong };
	}
	const { key, ...said } = read.data;
	const note = await entering(register, (writer) =>
		writer.transaction(async () => {
			const earlier = await sentBefore(writer, { unit, flag: id, key, ...said });
			if (earlier) return earlier;
			const number = await nextNumber(writer, unit, id);
			const added: Note = { unit, flag: id, number, at, ...said, births, severity };
			const { entry } = await nextNumbers(writer);
			await enterNote(writer, { ...added, key, entry });
			return added;
		})
	);
	return { note };
}

/** The log of a flag of the scope's units, of several, of a unit's flags or of all, the newest note of each flag first. */
export function notesOf(
	scope: Scope,
	db: Statements,
	{ unit, flagIds }: { unit?: string; flagIds?: readonly string[] } = {}
): Promise<Note[]> {
	return db.rows(
		row,
		`select ${columns} from flag_note
		where ${withinScope(scope)} and ($unit is null or unit = $unit)
			and ($flags is null or list_contains(string_split($flags, ' '), flag))
		order by unit, flag, number desc`,
		{ unit: unit ?? null, flags: flagIds?.join(' ') ?? null }
	);
}

type Kept = Note & { key: string };

async function sentBefore(
	writer: Writer,
	{ unit, flag, key, kind, reason, until, text, who }: Omit<Kept, 'number' | 'at' | 'births' | 'severity'>
): Promise<Note | undefined> {
	const [earlier] = await writer.rows(
		row,
		`select ${columns} from flag_note
		where unit = $unit and flag = $flag and form_key = $key and kind = $kind and text = $text
			and reason is not distinct from $reason and who is not distinct from $who
			and until is not distinct from $until::varchar::date`,
		{ unit, flag, key, kind, reason, until, text, who }
	);
	return earlier;
}

async function nextNumber(writer: Writer, unit: string, flag: string): Promise<number> {
	const [next] = await writer.rows(
		z.object({ number: z.int() }),
		'select coalesce(max(number), 0) + 1 as number from flag_note where unit = $unit and flag = $flag',
		{ unit, flag }
	);
	return next?.number ?? 1;
}

/** Enters a note into the log as it is. */
export function enterNote(writer: Writer, note: Kept & { entry: number }): Promise<void> {
	return writer.again(
		`insert into flag_note values ($entry, $unit, $flag, $number, $key, $at::varchar::timestamp, $who, $kind, $reason,
			$text, $until::varchar::date, $births, $severity)`,
		note
	);
}
