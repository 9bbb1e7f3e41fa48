import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allowedFunctions, allowedTableFunctions } from '#lib/notebook/allowed-functions.ts';
import { checkSql } from '#lib/notebook/gate.ts';
import { openDatabase, type Database } from '#lib/server/db/database.ts';

let db: Database;
beforeAll(async () => {
	db = await openDatabase();
});
afterAll(() => db.close());

const tables = ['unit', 'birth', 'cube_birth'];

async function check(sql: string, known: readonly string[] | null = tables) {
	const [row] = await db.rows(
		z.object({ read: z.string() }),
		'select json_serialize_sql($sql::varchar) as read',
		{ sql }
	);
	return checkSql(row?.read ?? '', sql, known ?? undefined);
}

describe('the gate for SQL', () => {
	test('tells the tables that are asked of, each once, and none that the SQL makes itself', async () => {
		expect(await check('select * from Unit join birth using (unit), (from unit)')).toEqual({
			uses: ['unit', 'birth']
		});
		expect(await check('with a as (from unit), b as (from a) from b join a on true')).toEqual({
			uses: ['unit']
		});
		expect(await check('with birth as (select * from birth) from birth')).toEqual({ uses: ['birth'] });
		expect(await check('select 1')).toEqual({ uses: [] });
	});

	test('knows a made table only where it can be seen', async () => {
		const fault = (name: string) => ({ fault: expect.stringContaining(`no table ${name}`), line: 1 });
		expect(await check('select * from (with a as (select 1) from a), a')).toEqual(fault('a'));
		expect(await check('with a as (from b), b as (select 1) from a')).toEqual(fault('b'));
		expect(await check('(with a as (select 1) from a) union all from a')).toEqual(fault('a'));
		expect(await check('select (with a as (select 1 as x) select x from a) from a')).toEqual(fault('a'));
	});

	test('takes any name for a table where no tables are known yet, but none of the database’s own', async () => {
		expect(await check('from whatever', null)).toEqual({ uses: ['whatever'] });
		for (const name of [
			'duckdb_tables',
			'pg_class',
			'sqlite_master',
			'information_schema',
			'"a.csv"',
			'"a b"'
		])
			expect(await check(`from ${name}`, null), name).toHaveProperty('fault');
	});

	test.for([
		['select *\nfrom brith', 'there is no table brith; did you mean birth?', 2],
		['select 1,\n\n  avrg(bw) from birth', 'there is no function avrg for notebooks; did you mean avg?', 3],
		['select "å",\nnow()', expect.stringContaining('as_of of the table register'), 2],
		['selec 1', expect.stringContaining('syntax error'), 1],
		['select 1;\nselect 2', expect.stringContaining('only one SELECT'), null],
		['pivot unit on region using count(*)', expect.stringContaining('IN (…)'), null],
		['select 1\nfrom figures.main.unit', expect.stringContaining('by its name alone'), 2]
	] as const)('says what is wrong with %j, and in which line', async ([sql, fault, line]) => {
		expect(await check(sql)).toEqual({ fault, line });
	});

	test('lets lengths through that are written and small', async () => {
		const fits = `select repeat('x', 10), lpad(name, 5, '0'), rpad(name, 1000), printf('%05.1f', 1.5), format('{:>8}', 1),
			bar(1, 0, 9), bar(1, 0, 9, 20), age(opened, closed) from unit`;
		expect(await check(fits)).toEqual({ uses: ['unit'] });
		expect(await check('select age(opened) from unit')).toHaveProperty('fault');
		expect(await check(`select repeat('x', 1001)`)).toHaveProperty('fault');
	});

	test('refuses a kind of query, of table, of expression or of type that it does not know', () => {
		const query = (more: object, from: object = { type: 'EMPTY' }) =>
			JSON.stringify({
				error: false,
				statements: [{ node: { type: 'SELECT_NODE', select_list: [more], from_table: from } }]
			});
		const one = { class: 'CONSTANT', type: 'VALUE_CONSTANT', value: { type: { id: 'INTEGER' }, value: 1 } };
		expect(checkSql(query(one), '')).toEqual({ uses: [] });
		expect(checkSql(query({ class: 'NEW_CLASS', type: 'X' }), '')).toHaveProperty('fault');
		expect(checkSql(query({ class: 'OPERATOR', type: 'OPERATOR_NEW', children: [] }), '')).toHaveProperty(
			'fault'
		);
		expect(checkSql(query(one, { type: 'NEW_TABLE' }), '')).toHaveProperty('fault');
		expect(checkSql(query({ ...one, more: { type: 'NEW_NODE' } }), '')).toHaveProperty('fault');
		expect(
			checkSql(
				query({
					class: 'CAST',
					type: 'OPERATOR_CAST',
					child: one,
					cast_type: { id: 'NEW', type_info: null }
				}),
				''
			)
		).toHaveProperty('fault');
		expect(checkSql('{"statements":[]}', '')).toHaveProperty('fault');
		expect(checkSql('[]', '')).toHaveProperty('fault');
	});

	test('names only functions that DuckDB has, so that none is let through by a later one’s accident', async () => {
		const found = await db.rows(
			z.object({ name: z.string() }),
			'select distinct function_name.lower() as name from duckdb_functions()'
		);
		const there = new Set(found.map(({ name }) => name));
		// these are written as functions, and read as something else
		const forms = ['if', 'ifnull', 'unnest', 'split_part'];
		const missing = [...allowedFunctions, ...allowedTableFunctions].filter(
			(name) => !there.has(name) && !forms.includes(name)
		);
		expect(missing).toEqual([]);
	});

	test('names no function that touches files, settings, chance, time or the database itself', async () => {
		const unsafe = await db.rows(
			z.object({ name: z.string() }),
			`select distinct function_name as name from duckdb_functions()
			where function_type in ('table', 'table_macro', 'pragma') or stability = 'VOLATILE' or stability = 'CONSISTENT_WITHIN_QUERY'`
		);
		const ours = unsafe.map(({ name }) => name.toLowerCase()).filter((name) => allowedFunctions.has(name));
		// of these the names are table functions’, too
		expect(ours.sort()).toEqual(['generate_series', 'histogram', 'range', 'repeat', 'unnest']);
	});
});
