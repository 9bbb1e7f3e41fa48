import type { Account } from '#lib/access/role.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import { mailColumns, mailRow, type Mail, type MailState } from './mail.ts';
import { nextTry } from './next-try.ts';
import { transaction, type Rounds } from './open.ts';

/** What is noted with a change of state: who did it (null: the program), and words to it. */
type Told = { by?: Account | null; note?: string | null };

/** The mail with this key, if there is one. */
export function findMail({ db }: Rounds, key: string): Mail | undefined {
	const found = db.prepare(`select ${mailColumns} from mail where key = ?`).get(key);
	return found && mailRow.parse(found);
}

/** What a mail server or a person has said, as it may be kept: short, in one line, without identity numbers. */
export const words = (text: string) =>
	withoutIdentityNumbers(text.replace(/[\s\p{Cc}]+/gu, ' ').trim()).slice(0, 300);

/** Notes what has become of a mail; what has been noted is never changed. */
export function noteEvent(
	{ db }: Rounds,
	key: string,
	state: MailState,
	at: number,
	{ by, note }: Told = {}
): void {
	db.prepare(
		'insert into mail_event (key, at, state, who, name, note) values ($key, $at, $state, $who, $name, $note)'
	).run({ key, at, state, who: by?.id ?? null, name: by?.name ?? null, note: note ? words(note) : null });
}

/**
 * Takes a mail from one of the states `from` to another and notes it. False where it is in none of them: somebody
 * else was faster, and nothing is changed.
 */
export function move(
	rounds: Rounds,
	key: string,
	from: readonly MailState[],
	to: MailState,
	at: number,
	set: Partial<Pick<Mail, 'fault' | 'answer' | 'nextAt' | 'sentAt'>> & Told = {}
): boolean {
	return transaction(rounds, () => {
		const { changes } = rounds.db
			.prepare(
				`update mail set state = $to, fault = $fault, answer = coalesce($answer, answer), next_at = $nextAt,
					sent_at = coalesce($sentAt, sent_at)
				where key = $key and state in (select value from json_each($from))`
			)
			.run({
				key,
				to,
				from: JSON.stringify(from),
				fault: set.fault ? words(set.fault) : null,
				answer: set.answer ? words(set.answer) : null,
				nextAt: to === 'queued' ? (set.nextAt ?? at) : null,
				sentAt: set.sentAt ?? null
			});
		if (changes === 0) return false;
		noteEvent(rounds, key, to, at, { ...set, note: set.note ?? set.fault ?? set.answer });
		return true;
	});
}

/** A mail that the server did not take this time: tried again later, or given up after a day of trying. */
export function putBack(rounds: Rounds, mail: Mail, fault: string, instant: number): void {
	const next = nextTry(mail.attempts, mail.firstTriedAt ?? instant, instant);
	if (next === null) move(rounds, mail.key, ['sending'], 'failed', instant, { fault });
	else move(rounds, mail.key, ['sending'], 'queued', instant, { fault, nextAt: next });
}

/**
 * Somebody has read an answer that says that a sent mail did not arrive. False for one that was not sent. A mail that
 * is doubtful may also turn out so.
 */
export function markBounced(
	rounds: Rounds,
	key: string,
	by: Account | null,
	instant: number,
	note: string
): boolean {
	return move(rounds, key, ['sent', 'doubtful'], 'bounced', instant, { by, note, fault: note });
}

/**
 * Somebody has found out what became of a doubtful mail: it was sent, or it is to be sent once more. False for one
 * that is not doubtful.
 */
export function settleDoubtful(
	rounds: Rounds,
	key: string,
	as: 'sent' | 'queued',
	by: Account | null,
	instant: number
): boolean {
	if (as === 'sent') return move(rounds, key, ['doubtful'], 'sent', instant, { by, sentAt: instant });
	return beginAnew(rounds, key, ['doubtful'], by, instant);
}

/** Sends a mail once more that failed, bounced or was dropped, when what was wrong has been mended. */
export function queueAgain(rounds: Rounds, key: string, by: Account | null, instant: number): boolean {
	return beginAnew(rounds, key, ['failed', 'bounced', 'dropped'], by, instant);
}

function beginAnew(
	rounds: Rounds,
	key: string,
	from: readonly MailState[],
	by: Account | null,
	instant: number
): boolean {
	return transaction(rounds, () => {
		if (!move(rounds, key, from, 'queued', instant, { by })) return false;
		rounds.db
			.prepare(
				'update mail set attempts = 0, first_tried_at = null, sent_at = null, answer = null where key = ?'
			)
			.run(key);
		return true;
	});
}
