import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/**
 * Copies an SQLite file of a data folder (`accounts.sqlite`) into the folder `to`, as it stands at one moment, while
 * it may be in use. Gives whether there is one.
 */
export async function backupFile(folder: string, name: string, to: string): Promise<boolean> {
	const path = join(folder, name);
	if (!existsSync(path)) return false;
	closeSync(openSync(join(to, name), 'wx', 0o600));
	const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
	try {
		await backup(db, join(to, name));
		return true;
	} finally {
		db.close();
	}
}
