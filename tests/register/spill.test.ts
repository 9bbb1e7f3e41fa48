import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '#lib/server/db/database.ts';

test('what does not fit in memory goes beside the register, unreadable, and is gone afterwards', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'register-'));
	try {
		const db = await openDatabase(join(folder, 'register.duckdb'));
		await db.run(`set memory_limit = '40MB'`);
		await db.run(
			`create table staging.large as select i, 'mother-' || i || repeat('-abc', 40) as text from range(400_000) r(i)`
		);
		const spilled = join(folder, 'register.duckdb.tmp');
		const files = await readdir(spilled);
		expect(files.length).toBeGreaterThan(0);
		for (const file of files)
			expect((await readFile(join(spilled, file))).includes('-abc-abc-abc')).toBe(false);
		const found = await db.rows(
			z.object({ n: z.int() }),
			`select count(*)::integer as n from staging.large where text like 'mother-%-abc'`
		);
		expect(found).toEqual([{ n: 400_000 }]);
		db.close();
		expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
	} finally {
		await rm(folder, { recursive: true });
	}
});
