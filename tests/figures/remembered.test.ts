import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/db/database.ts';
import { remembered } from '#lib/server/figures/remembered.ts';
import type { Register } from '#lib/server/register/open.ts';

const db = await openDatabase();
afterAll(() => db.close());
const register = { db } as Register;
const counting = () => {
	let asked = 0;
	return { ask: () => Promise.resolve(++asked), asked: () => asked };
};

test('a question is asked once for each key', async () => {
	const { ask } = counting();
	expect(await Promise.all([remembered(register, ['a'], ask), remembered(register, ['a'], ask)])).toEqual([
		1, 1
	]);
	expect(await remembered(register, ['a', { year: 2026 }], ask)).toBe(2);
});

test('after something is written it is asked anew', async () => {
	const { ask } = counting();
	await remembered(register, ['b'], ask);
	await db.alone((writer) => writer.run('create table t (n integer)'));
	expect(await remembered(register, ['b'], ask)).toBe(2);
});

test('after a write that failed, too', async () => {
	const { ask } = counting();
	await remembered(register, ['c'], ask);
	await expect(db.alone((writer) => writer.run('insert into nowhere values (1)'))).rejects.toThrow('nowhere');
	expect(await remembered(register, ['c'], ask)).toBe(2);
});

test('a question that failed is asked again', async () => {
	await expect(remembered(register, ['d'], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await remembered(register, ['d'], () => Promise.resolve(1))).toBe(1);
});

test('only so many answers are kept, the latest', async () => {
	const { ask, asked } = counting();
	for (let n = 0; n < 100; n++) await remembered(register, ['e', n], ask);
	await remembered(register, ['e', 99], ask);
	expect(asked()).toBe(100);
	await remembered(register, ['e', 0], ask);
	expect(asked()).toBe(101);
});
