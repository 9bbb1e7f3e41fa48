import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { z } from 'zod';
import { refusalText } from '#lib/format/receipt-text.ts';
import { listIssues } from '#lib/server/register/receipts.ts';
import { saved, sheet, zipped } from '../workbook/packed.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => made.remove());

const handedIn = (bytes: Uint8Array | string, unit: string, receivedAt?: string) =>
	handIn(made.register, bytes, {
		unit: unitLike(made.register, unit),
		fileName: `${unit}.xlsx`,
		...(receivedAt && { receivedAt })
	});

const births = (unit: string) =>
	made.register.db.rows(
		z.object({ reference: z.string() }).loose(),
		`select reference, birth_date as "birthDate", "KON", "BVIKT", "HOMF", "BUTDAT"::varchar as "BUTDAT"
		from birth_version where unit = $unit and superseded is null order by reference`,
		{ unit }
	);

const day = (text: string) => new Date(`${text}Z`);

test('a workbook is received as the text file that it could have been saved as', async () => {
	const head = ['REF', 'BFODDAT', 'KON', 'BVIKT', 'HOMF', 'BUTDAT'];
	const bytes = await saved([
		sheet([
			head,
			['0017', day('2025-06-01T00:00'), 1, 3450, 35.5, day('2025-06-03T10:00')],
			[18, '2025-06-02', '2', '3120', '34,5', null]
		])
	]);
	const receipt = await handedIn(bytes, 'workbook');
	const text = `${head.join(';')}\n0017;2025-06-01;1;3450;35.5;2025-06-03 10:00:00\n18;2025-06-02;2;3120;34,5;\n`;
	await handedIn(text, 'text');
	expect(receipt).toMatchObject({ status: 'received', rows: 2, added: 2, issues: {} });
	expect(receipt.reading).toMatchObject({ encoding: 'xlsx', columns: expect.arrayContaining(['BVIKT']) });
	const found = await births('workbook');
	expect(found).toMatchObject([{ reference: '0017', BVIKT: 3450 }, { reference: '18' }]);
	expect(found).toEqual(await births('text'));
});

test('what is wrong in a workbook stands on the receipt by its row', async () => {
	const rows = [
		['REF', 'BFODDAT', 'KON', 'BVIKT'],
		['A', '2025-06-01', 7, 3000],
		['B', '2025-06-01', 1, '#N/A']
	];
	const receipt = await handedIn(await saved([sheet(rows)]), 'issues');
	expect(await listIssues(wholeNation, made.register.db, { number: receipt.number, limit: 10 })).toEqual([
		{ row: 2, variable: 'KON', rule: 'code', value: '7' },
		{ row: 3, variable: 'BVIKT', rule: 'number', value: '#N/A' }
	]);
});

test('a workbook supplements what a text file began, and its original stays as it came', async () => {
	await handedIn('REF;BFODDAT;KON\n=A;2025-06-01;1\nB;2025-06-02;2\n', 'supplement');
	const bytes = await saved([
		sheet([
			['REF', 'BVIKT'],
			["'=A", 3450],
			['B', null]
		])
	]);
	const receipt = await handedIn(bytes, 'supplement', '2026-02-02');
	expect(receipt).toMatchObject({ rows: 2, changed: 1, unchanged: 1 });
	expect(await births('supplement')).toMatchObject([
		{ reference: '=A', KON: '1', BVIKT: 3450 },
		{ reference: 'B', KON: '2', BVIKT: null }
	]);
	expect((await handedIn(bytes, 'supplement', '2026-02-03')).number).toBe(receipt.number);
	const kept = await readdir(join(made.folder, 'originals'), { recursive: true });
	expect(kept.filter((name) => name.includes('reading-'))).toEqual([]);
});

const head = ['REF', 'BFODDAT', 'KON'];
test.for([
	['an empty workbook', () => saved([sheet([])]), 'empty'],
	['a workbook with a header only', () => saved([sheet([head])]), 'headerOnly'],
	[
		'a row with more cells than the header',
		() => saved([sheet([head, ['A', '2025-06-01', 1, 2]])]),
		'wrongNumberOfFields'
	],
	[
		'a header with a cell left out',
		() =>
			saved([
				sheet([
					['REF', null, 'KON'],
					['A', '', 1]
				])
			]),
		'unnamedColumn'
	],
	['a workbook with macros', () => saved([sheet([head])], { vbaProject: new Uint8Array([1]) }), 'macros'],
	['a zip file', async () => zipped([{ name: 'a.csv', content: 'REF;BFODDAT\nA;2025-06-01\n' }]), 'archive']
] as const)('%s is refused, and why is said in words', async ([name, bytes, rule]) => {
	const unit = name.replaceAll(/[^a-z]+/g, '-');
	const receipt = await handedIn(await bytes(), unit);
	expect(receipt).toMatchObject({ status: 'refused', refusals: [{ rule }] });
	for (const refusal of receipt.refusals) expect(refusalText(refusal, 'sv')).toMatch(/\.$/);
	expect(await births(unit)).toEqual([]);
});
