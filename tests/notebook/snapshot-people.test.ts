import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openSnapshots, type Snapshots } from '#lib/server/notebook/snapshot.ts';
import { backUp } from '#lib/server/register/backup.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { filesWith } from '../register/byte-search.ts';
import { emptyRegister, handIn, onlyWith, someVariables } from '../register/empty-register.ts';
import { asked, number } from './snapshot-asked.ts';

describe('whose the births are', () => {
	const numbers = ['194608239986', '195704289999', '197004289895'];
	let made: Awaited<ReturnType<typeof emptyRegister>>;
	let snapshots: Snapshots;
	let files: string[];
	beforeAll(async () => {
		made = await emptyRegister('data/mfr', someVariables);
		await mkdir(join(made.folder, 'snapshots'));
		await writeFile(join(made.folder, 'snapshots', 'left-by-a-kill.duckdb.new'), numbers.join());
		const unit = made.register.definition.unitById.get('kalmar');
		if (!unit) throw new Error('The definition has no unit kalmar.');
		const rows = numbers.map(
			(person, at) =>
				`journal-${at};2026-01-0${at + 1};${person};${person};hemligt yrke ${person};3500;2026-01-0${at + 1} 10:15`
		);
		await handIn(made.register, ['REF;BFODDAT;MPNR;BPNR;YRKE;BVIKT;INKDAT', ...rows].join('\n'), {
			unit,
			fileName: 'hemlig-fil.csv'
		});
		snapshots = openSnapshots(made.register);
		const snapshot = await snapshots.take('2026-03-01');
		files = [snapshot.figures, await snapshot.births('all')];
	}, 60_000);
	afterAll(async () => {
		await snapshots.close();
		await made.remove();
	});

	test('is in no byte of a snapshot: no number, key, reference, free text, or name of a file or sender', async () => {
		const folder = join(made.folder, 'snapshots');
		expect(await number(files[1] ?? '', 'count(*)', 'birth')).toBe(numbers.length);
		expect(await filesWith(folder, numbers)).toEqual([]);
		expect(
			await filesWith(folder, ['birth_key', 'journal-', 'hemlig', 'Prov Person', 'prov@example'])
		).toEqual([]);
	});

	test('is in no column: identity numbers, references, texts and days are not among them', async () => {
		const column = z.object({ table: z.string(), name: z.string(), type: z.string() });
		const columns = (
			await Promise.all(
				files.map((file) =>
					asked(
						file,
						column,
						`select table_name as "table", column_name as name, data_type as type from duckdb_columns()
						where database_name = 'register' and not internal`
					)
				)
			)
		).flat();
		const births = columns.filter(({ table }) => table === 'birth');
		expect(births.map(({ name }) => name)).toContain('BVIKT');
		for (const name of [
			'birth_key',
			'reference',
			'birth_date',
			'MPNR',
			'BPNR',
			'YRKE',
			'BFODDAT',
			'MPNR kind'
		])
			expect(columns.map((each) => each.name)).not.toContain(name);
		expect(new Set(columns.map(({ type }) => type))).toEqual(
			new Set(['VARCHAR', 'DATE', 'INTEGER', 'DOUBLE', 'BOOLEAN', 'VARCHAR[]'])
		);
		expect(births.filter(({ type }) => type === 'DATE').map(({ name }) => name)).toEqual([
			'birth_month',
			'received_month'
		]);
		expect(await number(files[1] ?? '', 'max(INKDAT)', 'birth')).toBe(0);
		expect(await number(files[1] ?? '', "count_if(birth_month <> date '2026-01-01')", 'birth')).toBe(0);
	});

	test('is read by its own user only, and what a killed process left is gone', async () => {
		const folder = join(made.folder, 'snapshots');
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
		for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(await readdir(folder)).toHaveLength(files.length);
	});

	test('is nowhere left when the snapshots are closed', async () => {
		const other = openSnapshots({ ...made.register, folder: join(made.folder, 'other') });
		await other.take('2026-03-01');
		await other.close();
		expect(existsSync(join(made.folder, 'other', 'snapshots'))).toBe(false);
	});
});

test('a backup holds no snapshot', async () => {
	const root = await mkdtemp(join(tmpdir(), 'register-'));
	const register = await openRegister(
		join(root, 'data'),
		onlyWith(await loadDefinition('data/mfr'), someVariables)
	);
	try {
		const snapshots = openSnapshots(register);
		await snapshots.take('2026-03-01');
		await backUp(register, join(root, 'backup'));
		expect(await readdir(join(root, 'data'))).toContain('snapshots');
		expect(await readdir(join(root, 'backup'))).not.toContain('snapshots');
		await snapshots.close();
	} finally {
		register.db.close();
		await rm(root, { recursive: true });
	}
});
