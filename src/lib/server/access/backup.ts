import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/**
 * Copies the accounts of a data folder into the folder `to`, as they stand at one moment, while they may be in use.
 * Gives whether there are any.
 */
export async function backupAccounts(folder: string, to: string): Promise<boolean> {
	const path = join(folder, accountsName);
	if (!existsSync(path)) return false;
	closeSync(openSync(join(to, accountsName), 'wx', 0o600));
	const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
	try {
		await backup(db, join(to, accountsName));
		return true;
	} finally {
		db.close();
	}
}

const accountsName = 'accounts.sqlite';
