import { afterAll, describe, expect, test } from 'vitest';
import { NotebookError } from '#lib/notebook/fault.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { closeDesk, runNotebook, runReport } from '#lib/server/notebook/run.ts';
import { births, bodyLine, unit, written } from './written.ts';

afterAll(closeDesk);

const run = (body: string, parameters: Record<string, string> = {}, header = '') =>
	runNotebook(parseNotebook('prov.md', written(body, header)), {
		tables: { births, unit },
		parameters,
		locale: 'sv'
	});
const sql = (name: string, text: string) => `\`\`\`sql ${name}\n${text}\n\`\`\`\n`;

/** The first row's value of a column that a query makes. */
async function value(query: string, format = 'count') {
	const model = await run(`${sql('made', query)}\n{made.v | ${format}}`);
	expect(model.faults).toEqual([]);
	const [block] = model.blocks;
	return block?.kind === 'paragraph' && block.text[0]?.kind === 'value'
		? block.text[0].value.value
		: undefined;
}

describe('SQL over the figures’ tables', () => {
	test('reads their rows, in their types', async () => {
		expect(await value('select sum(births) as v from births')).toBe(2300);
		expect(await value("select count(*) as v from births where month >= date '2026-02-01'")).toBe(2);
		expect(await value('select round(avg(share), 3) as v from births')).toBe(0.971);
		expect(await value('select len(trend) as v from births limit 1')).toBe(3);
	});

	test('gives numbers however wide they are, days as days, and lists', async () => {
		expect(await value('select sum(births)::hugeint as v from births')).toBe(2300);
		expect(await value('select 1.25::decimal(9, 2) as v', 'number')).toBe(1.25);
		expect(await value('select max(month) as v from births', 'month')).toBe('2026-03-01');
		expect(await value('select [0.1, 0.2] as v', 'interval')).toEqual([0.1, 0.2]);
	});

	test('can use what earlier SQL has made', async () => {
		const model = await run(
			`${sql('first', 'select births * 2 as twice from births')}${sql('second', 'select sum(twice) as v from first')}\n{second.v | count}`
		);
		expect(model.faults).toEqual([]);
		expect(model.blocks).toMatchObject([{ text: [{ value: { value: 4600 } }] }]);
	});

	test('knows the columns also of what has no rows', async () => {
		const model = await run(`${sql('made', 'select * from births where births > 5000')}\n\`\`\`table
from: made
title: T
empty: Inget
columns:
  - { column: share, label: A, format: share }
\`\`\``);
		expect(model.faults).toEqual([]);
		expect(model.blocks).toMatchObject([{ kind: 'table', rows: [] }]);
	});

	test('sees nothing of another run', async () => {
		await run(sql('secret', 'select 1 as v'));
		const model = await run(`${sql('made', 'select * from secret')}${sql('again', 'select * from made')}`);
		expect(model.faults[0]?.message).toContain('secret');
	});

	test.for([
		["select * from read_csv('package.json')", 'disabled'],
		["select * from 'package.json'", ''],
		["attach 'other.db' as other", ''],
		['select 1); drop schema run cascade; select (1', '']
	])('cannot do %s', async ([query]) => {
		const model = await run(sql('made', query ?? ''));
		expect(model.faults).toHaveLength(1);
		expect(model.faults[0]?.line).toBe(bodyLine);
	});
});

test('wrong SQL is told at its block, in DuckDB’s words, and the rest stands', async () => {
	const model = await run(`Före\n\n${sql('made', 'select brths from births')}\nEfter`);
	expect(model.faults).toEqual([
		{ line: bodyLine + 2, message: expect.stringMatching(/the SQL of made: .*brths/) }
	]);
	expect(model.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph']);
});

test('a name can be made once only', async () => {
	const model = await run(`${sql('unit', 'select 1 as v')}`);
	expect(model.faults[0]?.message).toContain('there is a table unit already');
});

test('parameters are a table too; a period has its first and last month', async () => {
	const header = `parameters:
  period: { type: period, label: { sv: P, en: P } }
  least: { type: number, label: { sv: L, en: L }, default: '1150' }
`;
	const model = await run(
		`${sql('made', 'select count(*) as v from births, parameter where births > least and month between period_from and period_to')}\n{made.v | count} i {parameter.period | months}`,
		{ period: '2026-Q1' },
		header
	);
	expect(model.faults).toEqual([]);
	expect(model.blocks).toMatchObject([
		{ text: [{ value: { value: 1 } }, {}, { value: { text: 'januari–mars 2026' } }] }
	]);
	await expect(run('text', { period: 'soon' }, header)).rejects.toThrow('is not a period');
});

describe('a chart that cannot be drawn is a fault at its block', () => {
	const chart = (kind: string, set = '') =>
		`\n\`\`\`chart\nkind: ${kind}\nfrom: births\ntitle: T\nalt: A\n${set}\`\`\`\n`;
	test.for<[kind: string, set: string, message: string]>([
		['volume-bnd', '', 'did you mean volume-band?'],
		['volume-band', '', 'due'],
		['receipt-days', 'set: { colour: red }\n', '']
	])('%s %s', async ([kind, set, message]) => {
		const { faults } = await run(chart(kind, set));
		expect(faults).toEqual([{ line: bodyLine + 1, message: expect.stringContaining(message) }]);
	});
});

test('a report with any fault is not made', async () => {
	const notebook = parseNotebook('prov.md', written('{unit.nam}'));
	const running = { tables: { unit }, parameters: {}, locale: 'sv' } as const;
	await expect(runReport(notebook, running)).rejects.toThrow(NotebookError);
	await expect(runReport(notebook, running)).rejects.toThrow(`prov.md:${bodyLine}`);
});

test('runs that are asked for at once do not meet', async () => {
	const models = await Promise.all(
		[1, 2, 3, 4, 5].map((n) => run(`${sql('made', `select ${n} * births as v from unit`)}\n{made.v | count}`))
	);
	expect(models.map((model) => model.blocks)).toMatchObject(
		[1, 2, 3, 4, 5].map((n) => [{ text: [{ value: { value: n * 2300 } }] }])
	);
});
