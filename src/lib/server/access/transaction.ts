import { keepHead } from './audit-head.ts';
import type { Access } from './open.ts';

/**
 * Does the work as a whole or not at all, and gives back what it gives. Within another transaction it is part of
 * that one. Afterwards the head of the audit is written, as the work may have added to it.
 */
export function transaction<Result>(access: Access, work: () => Result): Result {
	const { db } = access;
	if (db.isTransaction) return work();
	db.exec('begin immediate');
	let result: Result;
	try {
		result = work();
		db.exec('commit');
	} catch (error) {
		// a full disk has rolled it back already
		if (db.isTransaction) db.exec('rollback');
		throw error;
	}
	keepHead(access);
	return result;
}
