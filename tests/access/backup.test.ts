import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAccount } from '#lib/server/access/accounts.ts';
import { checkChain } from '#lib/server/access/audit.ts';
import { backupFile } from '#lib/server/access/backup.ts';
import { openAccess } from '#lib/server/access/open.ts';
import { administrator, freshAccess, invited } from './fresh-access.ts';

test('a copy of the accounts is whole while they are written to, with the head from before it', async () => {
	const access = freshAccess();
	const { account } = invited(access);
	const to = join(access.folder, 'copy');
	mkdirSync(to);
	copyFileSync(join(access.folder, 'audit.head'), join(to, 'audit.head'));
	const copying = backupFile(access.folder, 'accounts.sqlite', to);
	invited(access, administrator);
	expect(await copying).toBe(true);
	const copy = openAccess(to);
	expect(findAccount(copy, account.id)).toEqual(account);
	expect(checkChain(copy).whole).toBe(true);
	copy.close();
	expect(
		await backupFile(to, 'accounts.sqlite', access.folder).catch((error: unknown) => String(error))
	).toMatch(/EEXIST/);
	expect(await backupFile(to, 'rounds.sqlite', to)).toBe(false);
});
