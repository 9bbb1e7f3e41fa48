import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/db/database.ts';
import { openLocked, StatementFault, type LockedDatabase } from '#lib/server/db/locked.ts';

const secret = 'a secret that nobody is to read';
let folder: string;
let locked: LockedDatabase;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'locked-'));
	await writeFile(join(folder, 'secret.csv'), secret);
	const figures = join(folder, 'figures.duckdb');
	const db = await openDatabase(figures);
	await db.alone(async (writer) => {
		await writer.run(`create table unit as select 'BB Norr' as name`);
		await writer.run('checkpoint');
	});
	db.close();
	locked = await openLocked({ figures, births: null }, 200);
});
afterAll(async () => {
	locked.close();
	await rm(folder, { recursive: true });
});

describe('a locked database, also without the gate before it', () => {
	test('reads the files that it was opened with', async () => {
		expect(locked.tables).toEqual(['unit']);
		expect(await locked.value('select name from unit')).toBe('BB Norr');
	});

	test.for([
		[`select content from read_text('{folder}/secret.csv')`, 'disabled'],
		[`from '{folder}/secret.csv'`, 'disabled'],
		[`from read_csv('{folder}/secret.csv')`, 'disabled'],
		[`from glob('{folder}/*')`, 'disabled'],
		[`attach '{folder}/figures.duckdb' as again`, 'disabled'],
		[`attach '{folder}/new.duckdb' as new`, 'disabled'],
		[`copy unit to '{folder}/out.csv'`, 'disabled'],
		[`export database '{folder}/out'`, 'disabled'],
		[`load '{folder}/secret.csv'`, 'disabled'],
		[`install httpfs`, 'disabled'],
		[`insert into unit values ('BB Väst')`, 'read-only'],
		[`drop table figures.main.unit`, 'read-only'],
		[`set enable_external_access = true`, 'Cannot'],
		[`set disabled_filesystems = ''`, 'locked'],
		[`set lock_configuration = false`, 'locked'],
		[`set memory_limit = '100GB'`, 'locked'],
		[`set temp_directory = '{folder}'`, 'locked'],
		[`reset memory_limit`, 'locked'],
		[`pragma memory_limit = '100GB'`, 'locked']
	] as const)('refuses %s', async ([sql, reason]) => {
		const asked = locked.run(sql.replaceAll('{folder}', folder));
		await expect(asked).rejects.toThrow(StatementFault);
		await expect(asked).rejects.toThrow(reason);
	});

	test('has left its folder as it was', async () => {
		expect((await readdir(folder)).sort()).toEqual(['figures.duckdb', 'secret.csv']);
		expect(await readFile(join(folder, 'secret.csv'), 'utf8')).toBe(secret);
	});
});
