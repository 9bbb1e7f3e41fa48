import { readHead, writeHead, type Chained } from './audit-head.ts';
import { entryHash, entryRow } from './audit-entry.ts';
import type { Access } from './open.ts';
import { auditKept } from './tables.ts';
import { transaction } from './transaction.ts';

/** Whether the audit is whole; else at which entry it is not, and why. */
export type ChainState =
	{ whole: true; entries: number } | { whole: false; at: number; why: 'changed' | 'missing' | 'head' };

/**
 * Checks every entry against the one before it, and the last against the head that lies outside the file: `changed`
 * when an entry is not as it was written, `missing` when one is gone, `head` when the head names an entry that is not
 * there or cannot be read.
 */
export function checkChain({ db, folder }: Access): ChainState {
	const head = readHead(folder);
	if (!head) return { whole: false, at: 0, why: 'head' };
	let before: Chained = head.before;
	let isHeadThere = head.last.number === before.number;
	let entries = 0;
	for (const each of db
		.prepare('select * from audit where number > ? order by number')
		.iterate(before.number)) {
		const entry = entryRow.parse(each);
		if (entry.number !== before.number + 1) return { whole: false, at: before.number + 1, why: 'missing' };
		const hash = entryHash(entry, before.hash);
		if (hash !== each.hash) return { whole: false, at: entry.number, why: 'changed' };
		before = { number: entry.number, hash };
		if (entry.number === head.last.number) {
			if (hash !== head.last.hash) return { whole: false, at: entry.number, why: 'changed' };
			isHeadThere = true;
		}
		entries += 1;
	}
	return isHeadThere ? { whole: true, entries } : { whole: false, at: head.last.number, why: 'head' };
}

/**
 * Removes the entries that are older than five years at an instant, the oldest first and none out of the middle, and
 * gives how many. What came before the first that stays is kept in the head, so that the chain can still be checked.
 */
export function forgetOld(access: Access, instant: number): number {
	const { db, folder } = access;
	const last = db.prepare('select at from audit order by number desc limit 1').get();
	const limit = Math.min(instant, Number(last?.at ?? 0)) - auditKept;
	const oldest = db.prepare('select at from audit order by number limit 1').get();
	if (!oldest || Number(oldest.at) >= limit) return 0;
	return transaction(access, () => {
		const old = db
			.prepare(
				`select number, hash from audit where number < (select min(number) from audit where at >= ?)
				order by number desc limit 1`
			)
			.get(limit);
		const head = readHead(folder);
		if (!old || !head) return 0;
		// before they go: when this is cut short, entries that the check passes by are left, and none is missed
		writeHead(folder, { ...head, before: { number: Number(old.number), hash: String(old.hash) } });
		return Number(db.prepare('delete from audit where number <= ?').run(Number(old.number)).changes);
	});
}
