import type { Contact } from '#lib/server/rounds/contacts.ts';
import type { Mail } from '#lib/server/rounds/outbox.ts';

/**
 * What has become of a unit's report of a round: fetched; sent and not fetched; on its way; not arrived; nobody knows;
 * not sent, though there was somebody to send it to, or as there was nobody; or there is none.
 */
export type ReceiptState =
	'fetched' | 'sent' | 'waiting' | 'failed' | 'doubtful' | 'unsent' | 'noContact' | 'none';

/** What is known of a unit's report: whether there is one, was fetched, and could be sent to somebody. */
export type Known = { isReported: boolean; isFetched: boolean; hasContact: boolean };

/** What has become of a unit's report, by its mails of the round and what else is known. */
export function receiptOf(
	mails: readonly Pick<Mail, 'kind' | 'state'>[],
	{ isReported, isFetched, hasContact }: Known
): ReceiptState {
	if (isFetched) return 'fetched';
	if (!isReported) return 'none';
	const states = new Set(mails.filter(({ kind }) => kind === 'report').map(({ state }) => state));
	if (states.has('sent')) return 'sent';
	if (states.has('queued') || states.has('sending')) return 'waiting';
	if (states.has('doubtful')) return 'doubtful';
	if (states.has('failed') || states.has('bounced')) return 'failed';
	return hasContact ? 'unsent' : 'noContact';
}

/** Whether a unit had somebody to send to at a moment, ms since 1970. */
export const hadContact = (
	contacts: readonly Pick<Contact, 'since' | 'endedAt'>[],
	instant: number
): boolean =>
	contacts.some(({ since, endedAt }) => since <= instant && (endedAt === null || endedAt > instant));

/** What somebody has to do something about. */
export const isTrouble = (state: ReceiptState): boolean =>
	state === 'failed' || state === 'doubtful' || state === 'noContact';
