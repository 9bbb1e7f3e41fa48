import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type Desk, type DeskQuestion } from '#lib/server/notebook/desk.ts';
import { Stopped } from '#lib/server/notebook/sandbox.ts';
import { emptyRegister, someVariables } from '../register/empty-register.ts';
import { header, rowsOf, runAt, sql, words } from './desk-runs.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
let desk: Desk;
beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
	desk = openDesk(made.register);
}, 60_000);
afterAll(async () => {
	await desk.close();
	await made.remove();
});

const run = (text: string, more: Partial<DeskQuestion> = {}) => runAt(desk, text, more);

describe('what is wrong', () => {
	test('in SQL is told at its line, and what waits for it says so once; the others stand', async () => {
		const text = `${header()}
${sql('bad', 'select unit,\n  no_such_column\nfrom cube_birth')}${sql('late', 'select count(*) as n from bad')}${sql('good', 'select 7 as n')}
{good.n | count}

{late.n | count}
`;
		const found = await run(text);
		const lines = text.split('\n');
		const line = (word: string) => lines.findIndex((each) => each.includes(word)) + 1;
		expect(words(found)).toEqual(['7']);
		expect(found.faults.filter((fault) => fault.line === line('no_such_column'))).toHaveLength(1);
		expect(found.faults.filter(({ message }) => message.includes('waits for bad'))).toEqual([
			expect.objectContaining({ line: line('sql late') })
		]);
		expect(found.steps.map(({ name, state }) => [name, state])).toEqual(
			expect.arrayContaining([
				['bad', 'failed'],
				['late', 'failed'],
				['good', 'done']
			])
		);
	});

	test('in SQL that the gate refuses, a circle and a missing name leave the others standing', async () => {
		const found = await run(
			`${header()}${sql('files', "select * from read_csv('/etc/passwd')")}${sql('a', 'select * from b')}${sql('b', 'select * from a')}${sql('typo', 'select * from cube_births')}${sql('good', 'select 7 as n')}\n{good.n | count}\n`
		);
		expect(words(found)).toEqual(['7']);
		expect(found.faults).toHaveLength(3 + 1);
		expect(found.faults.map(({ message }) => message).join('\n')).toMatch(/did you mean cube_birth\?/);
		expect(found.tables.has('good')).toBe(true);
	});

	test('in an included notebook is told at the include', async () => {
		const other = `${header()}${sql('inner', 'select nothing_such from unit')}`;
		const text = `${header()}\n\`\`\`include other\n\`\`\`\n`;
		const found = await run(text, { read: (name) => Promise.resolve(name === 'other' ? other : undefined) });
		expect(found.faults).toEqual([
			expect.objectContaining({ line: 5, message: expect.stringContaining('in other') })
		]);
		const right = other.replace('nothing_such', 'name');
		const better = await run(text, { read: () => Promise.resolve(right) });
		expect(better.faults).toEqual([]);
		expect(better.fingerprint).not.toBe(found.fingerprint);
	});

	test('a parameter that is missing is asked for first, and nothing is run', async () => {
		const text = `${header('parameters:\n  unit: { type: unit, label: Enhet }\n')}${sql('n', 'select unit from parameter')}`;
		const found = await run(text);
		expect(found.missing).toEqual(['unit']);
		expect(found.told).toEqual([]);
		expect(found.model.blocks).toMatchObject([{ kind: 'inputs', inputs: [{ name: 'unit', missing: true }] }]);
		const wrong = await run(text, { parameters: { unit: 'sodersjukhust' } });
		expect(wrong.faults).toEqual([
			expect.objectContaining({ message: expect.stringContaining('did you mean sodersjukhuset') })
		]);
	});

	test('a table with more rows than are kept is told of, and is no fault', async () => {
		const small = openDesk({ ...made.register, folder: `${made.folder}/small` }, { caps: { rows: 10 } });
		try {
			const found = await runAt(small, `${header()}${sql('many', 'select * from unit')}`);
			expect(found.faults).toEqual([]);
			expect(found.notices).toEqual([{ line: 5, message: expect.stringContaining('the first 10') }]);
			expect(found.tables.get('many')).toMatchObject({ rows: 10, isCut: true });
		} finally {
			await small.close();
		}
	});

	test('a question that is taken back stops', async () => {
		const stop = new AbortController();
		const slow = run(
			`${header()}${sql('slow', 'select count(*) as n from range(100000) a, range(100000) b where a.range + b.range = 3')}`,
			{ signal: stop.signal }
		);
		setTimeout(() => stop.abort(), 300);
		await expect(slow).rejects.toThrow(Stopped);
		expect(rowsOf(await run(`${header()}${sql('n', 'select 1 as n')}`), 'n')).toEqual([{ n: 1 }]);
	});
});

test('the tables that a source gives are asked as they are, with the parameters', async () => {
	const given = {
		births: {
			columns: { month: 'day', births: 'integer' },
			rows: [
				{ month: '2026-01-01', births: 3 },
				{ month: '2026-02-01', births: 4 }
			]
		}
	} as const;
	const text = `---
title: Prov
source: unit
parameters:
  from: { type: day, label: Från, default: '2026-01-01' }
---
${sql('n', 'select sum(births) as n from births, parameter where month >= parameter."from"')}
{n.n | count}
`;
	expect(words(await run(text, { given }))).toEqual(['7']);
	expect(words(await run(text, { given, parameters: { from: '2026-02-01' } }))).toEqual(['4']);
	const none = await run(text.replace('from births', 'from cube_birth'), { given });
	expect(none.faults[0]?.message).toContain('no table cube_birth');
});
