import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { locales } from '#lib/catalogue/text.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { registerTable, roundTable } from '#lib/server/notebook/desk-given.ts';
import { openDesk, type Desk } from '#lib/server/notebook/desk.ts';
import { dictionaryFile, readDictionary } from '#lib/server/notebook/dictionary.ts';
import { flagsTable } from '#lib/server/notebook/snapshot-flags.ts';
import { openSnapshots } from '#lib/server/notebook/snapshot.ts';
import { wholeNation } from '#lib/access/scope.ts';
import type { Table } from '#lib/notebook/table.ts';
import { emptyRegister } from '../register/empty-register.ts';
import { today } from '../figures/peopled-register.ts';
import { header, rowsOf, runAt, sql } from './desk-runs.ts';

describe.each(['data/mfr', 'data/sinasc'])('the dictionary of %s', (of) => {
	let made: Awaited<ReturnType<typeof emptyRegister>>;
	let desk: Desk;
	beforeAll(async () => {
		made = await emptyRegister(of);
		desk = openDesk(made.register);
	}, 60_000);
	afterAll(async () => {
		await desk.close();
		await made.remove();
	});

	test('describes every table and column that there is, and no other', async () => {
		const snapshots = openSnapshots({ ...made.register, folder: join(made.folder, 'other') });
		const snapshot = await snapshots.take(today);
		const described = Object.fromEntries(
			desk
				.dictionary('sv')
				.tables.map(({ name, columns }) => [name, columns.map((each) => [each.name, each.type])])
		);
		const real: Record<string, unknown> = { parameter: [] };
		for (const file of [snapshot.figures, await snapshot.births('all')])
			for (const { table, name, type } of await columnsIn(file))
				real[table] = [...((real[table] as unknown[] | undefined) ?? []), [name, type]];
		const { register } = made;
		const about = { asOf: today, entry: 1, program: '' };
		real.register = columnsOf(registerTable(register.definition, about));
		real.round = columnsOf(roundTable([]));
		real.flag = columnsOf(await flagsTable(wholeNation, register, today));
		await snapshots.close();
		expect(described).toEqual(real);
	});

	test.each(locales)('says something of each, in %s', (locale) => {
		const { tables, examples } = desk.dictionary(locale);
		const texts = tables.flatMap(({ text, columns }) => [text, ...columns.map((each) => each.text)]);
		for (const text of [...texts, ...examples.flatMap((each) => [each.title, each.text])])
			expect(text.length).toBeGreaterThan(2);
	});

	test('has examples that run as they stand', async () => {
		const { examples } = desk.dictionary('sv');
		expect(examples.length).toBeGreaterThan(4);
		const found = await runAt(
			desk,
			header() + examples.map((each, nr) => sql(`example_${nr}`, each.sql)).join('')
		);
		expect(found.faults).toEqual([]);
		expect(found.tables.size).toBe(examples.length);
	});

	test('is of this register, and so are the tables', async () => {
		const found = await runAt(
			desk,
			`${header()}${sql('n', 'select name_sv from register')}${sql('u', 'select count(*) as n from unit')}`
		);
		expect(rowsOf(found, 'n')).toEqual([{ name_sv: made.register.definition.register.name.sv }]);
		expect(rowsOf(found, 'u')).toEqual([{ n: made.register.definition.units.length }]);
	});
});

async function columnsIn(file: string) {
	const db = await openDatabase(file);
	try {
		return await db.rows(
			z.object({ table: z.string(), name: z.string(), type: z.string() }),
			`select table_name as "table", column_name as name, data_type as type from duckdb_columns()
			where database_name = 'register' and not internal order by table_name, column_index`
		);
	} finally {
		db.close();
	}
}

const sqlTypes = {
	text: 'VARCHAR',
	integer: 'INTEGER',
	day: 'DATE',
	number: 'DOUBLE',
	boolean: 'BOOLEAN',
	numbers: 'DOUBLE[]'
};
const columnsOf = ({ columns }: Table) =>
	Object.entries(columns).map(([name, type]) => [name, sqlTypes[type]]);

test('what is wrong with the description is told with its line', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'dictionary-'));
	try {
		const file = join(folder, 'dictionary.yaml');
		const right = readFileSync(dictionaryFile('.'), 'utf8');
		await writeFile(file, right.replace('      birth_month: shared', '      birth_monht: shared'));
		expect(() => readDictionary(file)).toThrow(/dictionary\.yaml:\d+ .*birth_monht/);
		await writeFile(file, right.replace(/^  unit:\n    sv: .*\n/m, '  unit:\n'));
		expect(() => readDictionary(file)).toThrow(DefinitionError);
	} finally {
		await rm(folder, { recursive: true });
	}
});
