import type { Mail } from '#lib/server/rounds/outbox.ts';

/**
 * What has become of a unit's report of a round: fetched, on which day; sent and not fetched; on its way; not arrived;
 * nobody knows; not sent, as nobody is there to send it to; or there is none.
 */
export type ReceiptState = 'fetched' | 'sent' | 'waiting' | 'failed' | 'doubtful' | 'noContact' | 'none';
export type Receipt = { round: string; state: ReceiptState; fetchedOn: string | null };

/** What has become of a unit's report by its mails of the round and by when it was fetched first. */
export function receiptOf(
	isReported: boolean,
	mails: readonly Pick<Mail, 'kind' | 'state'>[],
	{ round, fetchedOn }: { round: string; fetchedOn: string | null }
): Receipt {
	return { round, state: stateOf(isReported, mails, fetchedOn), fetchedOn };
}

function stateOf(
	isReported: boolean,
	mails: readonly Pick<Mail, 'kind' | 'state'>[],
	fetchedOn: string | null
): ReceiptState {
	if (fetchedOn !== null) return 'fetched';
	if (!isReported) return 'none';
	const states = new Set(mails.filter(({ kind }) => kind === 'report').map(({ state }) => state));
	if (states.has('sent')) return 'sent';
	if (states.has('queued') || states.has('sending')) return 'waiting';
	if (states.has('doubtful')) return 'doubtful';
	return states.has('failed') || states.has('bounced') ? 'failed' : 'noContact';
}
