import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { remembering } from '#lib/server/feedback/remembering.ts';
import { emptyRegister, someVariables } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => (made = await emptyRegister('data/mfr', someVariables)), 60_000);
afterAll(() => made.remove());

const n = z.object({ n: z.int() });

test('what was asked of all units is answered from memory, what is asked of one unit anew', async () => {
	const { db } = remembering(made.register);
	const all = `select count(*)::integer as n from meta`;
	const own = `select count(*)::integer as n from meta where key = $unit`;
	expect(await db.rows(n, all)).toEqual([{ n: 1 }]);
	expect(await db.rows(n, own, { unit: 'later' })).toEqual([{ n: 0 }]);
	await made.register.db.alone((writer) => writer.run(`insert into meta values ('later', '')`));
	expect(await db.rows(n, all)).toEqual([{ n: 1 }]);
	expect(await db.rows(n, own, { unit: 'later' })).toEqual([{ n: 1 }]);
	expect(await remembering(made.register).db.rows(n, all)).toEqual([{ n: 2 }]);
});

test('a question that failed is asked again', async () => {
	const { db } = remembering(made.register);
	const sql = `select count(*)::integer as n from not_yet`;
	await expect(db.rows(n, sql)).rejects.toThrow('not_yet');
	await made.register.db.alone((writer) => writer.run(`create table not_yet as select 1 as a`));
	expect(await db.rows(n, sql)).toEqual([{ n: 1 }]);
});
