import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/db/database.ts';

const db = await openDatabase();
afterAll(() => db.close());

test('an answer of many rows comes column by column, in its order', async () => {
	const found = await db.columns(
		{ n: 'integer', name: 'text' },
		`select range::integer as n, 'unit ' || range as name from range(5000) order by range`
	);
	expect(found.length).toBe(5000);
	expect([found.n[0], found.n[4999], found.name[2048]]).toEqual([0, 4999, 'unit 2048']);
});

test('an answer without rows has empty columns', async () => {
	const found = await db.columns({ n: 'integer' }, 'select 1::integer as n where false');
	expect(found).toMatchObject({ length: 0, n: new Int32Array(0) });
});

test.for([
	['a missing column', 'select 1::integer as m', /no column n/],
	['another type', 'select 1::bigint as n', /BIGINT, not INTEGER/],
	['a null', 'select null::integer as n', /null/]
] as const)('%s is a fault of the program, told with the statement', async ([, sql, message]) => {
	await expect(db.columns({ n: 'integer' }, sql)).rejects.toThrow(message);
	await expect(db.columns({ n: 'integer' }, sql)).rejects.toThrow(sql);
});

test('a question asked over and over sees what has been written since', async () => {
	await db.alone(async (writer) => {
		await writer.run('create table kept (n integer, text varchar)');
		await writer.run(`insert into kept values (1, 'a')`);
	});
	const ask = () =>
		db.columns({ n: 'integer' }, 'select n from kept where n >= $least order by n', { least: 1 });
	// every reader keeps its own plan, so more questions than readers
	for (let turn = 0; turn < 10; turn++) expect((await ask()).n).toEqual(new Int32Array([1]));
	await db.alone((writer) => writer.run(`insert into kept select range::integer, null from range(2, 4)`));
	for (let turn = 0; turn < 10; turn++) expect((await ask()).n).toEqual(new Int32Array([1, 2, 3]));
});
