import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beginHead } from './audit-head.ts';
import { tables } from './tables.ts';

/** The opened file of accounts, sessions and audit, and the data folder that it lies in. */
export type Access = { readonly db: DatabaseSync; readonly folder: string; close(): void };

/**
 * Opens accounts.sqlite in a data folder, and makes it (mode 600) the first time. Several processes may have it
 * open: a command works while the server runs.
 */
export function openAccess(folder: string): Access {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, 'accounts.sqlite');
	// SQLite gives the files beside it, which hold the same rows, the mode of this one
	closeSync(openSync(path, 'a', 0o600));
	const db = new DatabaseSync(path, { timeout: 5000, defensive: true });
	try {
		db.exec('pragma journal_mode = wal; pragma secure_delete = on;');
		db.exec('begin immediate');
		const [counted] = db.prepare(`select count(*) as there from sqlite_schema where name = 'audit'`).all();
		db.exec(tables);
		if (counted?.there === 0) beginHead(folder);
		db.exec('commit');
	} catch (error) {
		db.close();
		throw error;
	}
	return { db, folder, close: () => db.close() };
}
