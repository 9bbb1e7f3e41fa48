import { maySee, type Scope } from '#lib/access/scope.ts';
import type { KeptAccount } from '#lib/server/access/accounts.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Day } from '#lib/period/day.ts';
import { isFetched } from './fetches.ts';
import { openContacts, put, queueOne, type Queued } from './outbox.ts';
import { transaction, type Rounds } from './open.ts';
import { heldBack, unitsReported } from './released.ts';

/** Nobody is reminded again sooner than this, in ms: a button is easily pressed twice. */
export const leastPause = 3 * 24 * 60 * 60_000;

/**
 * Puts reminders into the outbox for the contacts of the units within the scope that were sent the edition's report
 * and have not fetched it. Throws for an edition that is not released or no longer the newest.
 */
export function remind(
	scope: Scope,
	rounds: Rounds,
	definition: Definition,
	round: string,
	edition: number,
	instant: number
): Queued {
	const fault = heldBack(rounds, round, edition);
	if (fault) throw new Error(`Nobody is reminded of edition ${edition} of the round ${round}: ${fault}.`);
	return transaction(rounds, () => {
		const units = unitsReported(rounds, round, edition).filter(
			(unit) =>
				definition.unitById.has(unit) &&
				maySee(scope, unit) &&
				wasSent(rounds, round, edition, unit) &&
				!isFetched(rounds, round, edition, unit)
		);
		let queued = 0;
		const without: string[] = [];
		for (const unit of units) {
			const contacts = openContacts(scope, rounds, unit);
			if (contacts.length === 0) without.push(unit);
			const last = lastReminder(rounds, round, edition, unit);
			if (last.at !== null && instant - last.at < leastPause) continue;
			for (const contact of contacts)
				if (queueOne(rounds, round, edition, contact, instant, last.number + 1)) queued++;
		}
		return { queued, without };
	});
}

function wasSent({ db }: Rounds, round: string, edition: number, unit: string): boolean {
	const found = db
		.prepare(
			`select 1 from mail where round = ? and edition = ? and unit = ? and kind = 'report' and state = 'sent' limit 1`
		)
		.get(round, edition, unit);
	return found !== undefined;
}

/** How many times a unit has been reminded of an edition, and when it was last; null for never. */
function lastReminder(
	{ db }: Rounds,
	round: string,
	edition: number,
	unit: string
): { number: number; at: number | null } {
	const found = db
		.prepare(
			`select count(distinct queued_at) as number, max(queued_at) as at from mail
			where round = ? and edition = ? and unit = ? and kind = 'reminder'`
		)
		.get(round, edition, unit);
	return { number: Number(found?.number), at: typeof found?.at === 'number' ? found.at : null };
}

/** Who can release a round, and is told that one waits. */
export type Administrator = Pick<KeptAccount, 'id' | 'email' | 'name'> & { locale: Locale };

/** Puts word into the outbox that a round waits for release: one mail a day and administrator. Gives how many. */
export function remindOfRelease(
	rounds: Rounds,
	round: string,
	edition: number,
	administrators: readonly Administrator[],
	today: Day,
	instant: number
): number {
	return administrators.filter(({ id, email, name, locale }) =>
		put(
			rounds,
			{
				key: [round, edition, 'release', id, today].join('.'),
				kind: 'release',
				round,
				edition,
				unit: '',
				contact: 0,
				email,
				name,
				locale
			},
			instant
		)
	).length;
}
