import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { dispatchTables } from './dispatch-tables.ts';
import { roundTables } from './tables.ts';

/** How rounds are held. `twoPeople`: an edition is released when two people have approved it, else when one has. */
export type RoundSettings = { twoPeople: boolean };

/** The opened file of the rounds, and the data folder in which it and the folder `rounds` lie. */
export type Rounds = RoundSettings & { readonly db: DatabaseSync; readonly folder: string; close(): void };

export const roundsName = 'rounds.sqlite';

/** All tables of rounds.sqlite. */
const tables = [roundTables, dispatchTables];

/**
 * Opens rounds.sqlite in a data folder, and makes it (mode 600) the first time. What is committed has been written
 * to the disk, so that a state that somebody was told of outlives a loss of power. Several processes may have it open.
 */
export function openRounds(folder: string, { twoPeople }: RoundSettings = { twoPeople: false }): Rounds {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, roundsName);
	// SQLite gives the files beside it the mode of this one
	closeSync(openSync(path, 'a', 0o600));
	const db = new DatabaseSync(path, { timeout: 5000, defensive: true });
	try {
		db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
		db.exec('begin immediate');
		for (const sql of tables) db.exec(sql);
		db.exec('commit');
	} catch (error) {
		db.close();
		throw error;
	}
	return { db, folder, twoPeople, close: () => db.close() };
}

/** Does the work as a whole or not at all, and gives what it gives. Within another transaction it is part of that one. */
export function transaction<Result>({ db }: Rounds, work: () => Result): Result {
	if (db.isTransaction) return work();
	db.exec('begin immediate');
	try {
		const result = work();
		db.exec('commit');
		return result;
	} catch (error) {
		// a full disk has rolled it back already
		if (db.isTransaction) db.exec('rollback');
		throw error;
	}
}
