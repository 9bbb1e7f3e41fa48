import { z } from 'zod';
import type { Access } from './open.ts';
import { networkOf } from './network.ts';
import { sha256 } from './token.ts';
import { transaction } from './transaction.ts';

const minute = 60_000;

/** What is tried: the password of an e-mail address, the code of an account; or anything, from one address. */
type Kind = 'password' | 'code' | 'address';

/** How many may fail without a wait. */
export const freeAttempts: Record<Kind, number> = { password: 5, code: 5, address: 30 };
/** Failures of an account are remembered for an hour; of an address, which many people may share, for less. */
const remembered: Record<Kind, number> = { password: 60 * minute, code: 60 * minute, address: 15 * minute };
/** No account is locked for good: so long is the longest wait. */
const longestWait = 15 * minute;

/** An attempt under way: counted as failed until it is told otherwise. */
export type Attempt = { succeeded(): void };

/**
 * Begins an attempt at an account (by e-mail address or id, whether it exists or not) from an address, or tells how
 * many seconds to wait. It counts as a failure from the start, so that many at once gain nothing; a success clears
 * the account's failures, and takes this one from the address's. While somebody has to wait nothing is counted.
 */
export function beginAttempt(
	access: Access,
	kind: Exclude<Kind, 'address'>,
	subject: string | null,
	address: string | null,
	instant: number
): Attempt | { retryAfter: number } {
	// hashed: people write passwords where the e-mail address belongs
	const subjects: [Kind, string][] = [];
	if (subject !== null) subjects.push([kind, sha256(subject)]);
	if (address !== null) subjects.push(['address', networkOf(address)]);
	return transaction(access, () => {
		forgetOldAttempts(access, instant);
		const until = Math.max(...subjects.map(([each, of]) => waitsUntil(access, each, of, instant)));
		if (until > instant) return { retryAfter: Math.ceil((until - instant) / 1000) };
		const add = access.db.prepare('insert into attempt (kind, subject, at) values (?, ?, ?)');
		const rows = subjects.map(([each, of]) => add.run(each, of, instant).lastInsertRowid);
		return { succeeded: () => clear(access, subjects, rows) };
	});
}

/** The moment until which nothing more may be tried; in the past when it may. */
function waitsUntil({ db }: Access, kind: Kind, subject: string, instant: number): number {
	const failures = z
		.array(z.object({ at: z.int() }))
		.parse(
			db
				.prepare('select at from attempt where kind = ? and subject = ? and at > ? order by at desc')
				.all(kind, subject, instant - remembered[kind])
		)
		.map(({ at }) => at);
	const free = freeAttempts[kind];
	if (failures.length < free) return 0;
	// an address waits until so many of its failures are forgotten that it has one free
	if (kind === 'address') return (failures[free - 1] ?? 0) + remembered.address;
	// an account 1, 2, 4 … minutes from the last
	return (failures[0] ?? 0) + Math.min(2 ** (failures.length - free) * minute, longestWait);
}

function clear({ db }: Access, subjects: [Kind, string][], rows: (number | bigint)[]): void {
	for (const row of rows) db.prepare('delete from attempt where rowid = ?').run(row);
	for (const [kind, subject] of subjects)
		if (kind !== 'address')
			db.prepare('delete from attempt where kind = ? and subject = ?').run(kind, subject);
}

/** Removes the failures that count no more. */
export function forgetOldAttempts({ db }: Access, instant: number): void {
	db.prepare('delete from attempt where at <= ?').run(instant - remembered.password);
}
