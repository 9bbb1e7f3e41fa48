import { z } from 'zod';
import { compose, messageId, recipient, type Composing } from './compose.ts';
import { beginRun, type Run } from './dispatcher.ts';
import { mailColumns, mailRow, type Mail } from './mail.ts';
import { findMail, move, putBack } from './mail-moves.ts';
import { transaction, type Rounds } from './open.ts';
import type { Post } from './post.ts';

/** What the outbox is emptied with. `now` gives the moment, ms since 1970: a run may last for minutes. */
export type Dispatching = Composing & { post: Post; now: () => number; signal?: AbortSignal };

/** How many mails a run has sent; false when another run was at it, and this one did nothing. */
export type Dispatched = { ran: boolean; sent: number };

/**
 * Sends what waits in the outbox and is due. Each mail is noted as `sending` before its first byte goes out and as
 * `sent` after the server's answer; one that a killed process has left in between becomes `doubtful` and is not sent
 * again. Ends early when the server is the one at fault: what is left waits for the next run.
 */
export async function dispatch(rounds: Rounds, dispatching: Dispatching): Promise<Dispatched> {
	const { now, signal } = dispatching;
	const run = beginRun(rounds, now());
	if (!run) return { ran: false, sent: 0 };
	let sent = 0;
	try {
		doubtCutOff(rounds, now());
		for (;;) {
			if (signal?.aborted || !run.goesOn(now())) break;
			const mail = nextMail(rounds, now());
			if (!mail) break;
			const result = await sendOne(rounds, run, mail, dispatching);
			if (result === 'sent') sent++;
			if (result === 'stop') break;
		}
		noteDispatched(rounds, now());
	} finally {
		run.end();
	}
	return { ran: true, sent };
}

/** Only the one run that sends may have a mail in `sending`: what is found there was left by one that was killed. */
function doubtCutOff(rounds: Rounds, instant: number): void {
	const left = rounds.db.prepare(`select key from mail where state = 'sending'`).all();
	for (const { key } of left)
		move(rounds, String(key), ['sending'], 'doubtful', instant, { fault: 'cutOff' });
}

/** The mail that has waited longest and is due. */
function nextMail({ db }: Rounds, instant: number): Mail | undefined {
	const found = db
		.prepare(
			`select ${mailColumns} from mail where state = 'queued' and next_at <= ? order by next_at, key limit 1`
		)
		.get(instant);
	return found && mailRow.parse(found);
}

async function sendOne(
	rounds: Rounds,
	run: Run,
	mail: Mail,
	{ post, now, signal, ...composing }: Dispatching
): Promise<'sent' | 'notSent' | 'stop'> {
	const { key } = mail;
	const to = recipient(rounds, composing.definition, mail);
	if ('dropped' in to) {
		move(rounds, key, ['queued'], 'dropped', now(), { fault: to.dropped });
		return 'notSent';
	}
	const { email, name, locale } = to;
	const addressed = { ...mail, email, name, locale };
	const letter = await compose(rounds, addressed, composing, now());
	if ('failed' in letter) {
		move(rounds, key, ['queued'], 'failed', now(), { fault: letter.failed });
		return 'notSent';
	}
	const sending = begin(rounds, run, addressed, composing, now());
	if (!sending) return run.goesOn(now()) ? 'notSent' : 'stop';
	const handed = await post.send(letter, signal);
	if (handed.as === 'later') putBack(rounds, sending, handed.fault, now());
	else if (handed.as === 'sent')
		move(rounds, key, ['sending'], 'sent', now(), { answer: handed.answer, sentAt: now() });
	else move(rounds, key, ['sending'], handed.as, now(), { fault: handed.fault });
	if (handed.as === 'sent') return 'sent';
	return handed.as === 'later' && handed.stop ? 'stop' : 'notSent';
}

/**
 * Notes that a mail is being sent, to whom its letter was written; undefined when that has changed since, or when
 * somebody else is the one that sends. What it gives has been committed.
 */
function begin(
	rounds: Rounds,
	run: Run,
	{ key, email, name, locale }: Mail,
	{ definition, settings }: Composing,
	instant: number
): Mail | undefined {
	return transaction(rounds, () => {
		if (!run.goesOn(instant)) return undefined;
		const waiting = findMail(rounds, key);
		if (waiting?.state !== 'queued') return undefined;
		const to = recipient(rounds, definition, waiting);
		if ('dropped' in to || to.email !== email || to.name !== name || to.locale !== locale) return undefined;
		move(rounds, key, ['queued'], 'sending', instant);
		rounds.db
			.prepare(
				`update mail set email = $email, name = $name, locale = $locale, attempts = attempts + 1,
					first_tried_at = coalesce(first_tried_at, $instant), message_id = $messageId
				where key = $key`
			)
			.run({ key, email, name, locale, instant, messageId: messageId(key, settings) });
		return findMail(rounds, key);
	});
}

const released = z.object({ round: z.string(), edition: z.int() });

/** An edition is dispatched when it has mails and none of them waits any more. */
function noteDispatched(rounds: Rounds, instant: number): void {
	const rows = rounds.db
		.prepare(
			`select round, number as edition from edition
			where state = 'released'
				and exists (
					select 1 from mail
					where mail.round = edition.round and mail.edition = edition.number and mail.kind = 'report'
				)
				and not exists (
					select 1 from mail
					where mail.round = edition.round and mail.edition = edition.number and mail.kind = 'report'
						and mail.state in ('queued', 'sending')
				)`
		)
		.all();
	for (const { round, edition } of z.array(released).parse(rows))
		rounds.db
			.prepare(`update edition set state = 'dispatched', dispatched_at = ? where round = ? and number = ?`)
			.run(instant, round, edition);
}
