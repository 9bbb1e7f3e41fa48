import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import type { Block, Model } from '#lib/notebook/model.ts';
import { workbook } from '#lib/server/export/workbook.ts';
import { guarded } from '#lib/server/workbook/write.ts';

const text = (written: string) => [{ kind: 'text' as const, text: written }];
const column = {
	definition: null,
	numeric: false,
	format: 'text',
	as: 'text' as const,
	width: null,
	domain: null
};
const table = (sheet: string, cells: { value: string | number | null; text: string }[][]): Block => ({
	kind: 'table',
	line: 1,
	from: 'a',
	title: text(sheet),
	sheet,
	dense: false,
	intro: null,
	note: null,
	empty: null,
	columns: cells[0]?.map((_, at) => ({ ...column, name: `c${at}`, label: text(`c${at}`) })) ?? [],
	rows: cells.map((row) => ({ marked: false, cells: row })),
	totals: null,
	page: null,
	isCut: false
});
const model = (blocks: Block[]): Model => ({
	name: 'prov.md',
	locale: 'en',
	title: text('Test'),
	overline: null,
	subtitle: null,
	footer: null,
	authors: [],
	footnotes: [],
	blocks,
	definitions: [{ term: 'Blank', meaning: 'Nothing is written.' }],
	faults: []
});
const sheetsOf = async (blocks: Block[]) => (await readXlsx(await workbook(model(blocks), []))).sheets;

test.for(['=1+1', '+46 8', '-1', '@sum', '\tx', '\rx'])('the text %j cannot be a formula', async (sly) => {
	expect(guarded(sly)).toBe(`'${sly}`);
	const [sheet] = await sheetsOf([table('A', [[{ value: sly, text: sly }]])]);
	expect(String(sheet?.rows[1]?.[0]).startsWith("'")).toBe(true);
});

test('numbers stay numbers, negative ones too, and nothing stays nothing', async () => {
	const [sheet] = await sheetsOf([
		table('A', [
			[
				{ value: -1.5, text: '−1.5' },
				{ value: 0, text: '0' },
				{ value: null, text: '–' },
				{ value: 'x', text: 'x' }
			]
		])
	]);
	expect(sheet?.rows[1]).toEqual([-1.5, 0, null, 'x']);
});

test('sheets have names that a workbook takes, each its own', async () => {
	const long = 'Births: [all] of the year/period, a very long title';
	const sheets = await sheetsOf([
		table(long, [[{ value: 1, text: '1' }]]),
		table(long, [[{ value: 2, text: '2' }]])
	]);
	const names = sheets.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
});

test('the last two sheets are definitions and provenance', async () => {
	const sheets = await sheetsOf([]);
	expect(sheets.map(({ name }) => name)).toEqual(['Definitions', 'Provenance']);
	expect(sheets[0]?.rows[1]).toEqual(['Blank', 'Nothing is written.']);
});
