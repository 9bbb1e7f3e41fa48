import { expect, test } from 'vitest';
import { firstSheet, UnreadableWorkbook } from '#lib/server/workbook/first-sheet.ts';
import { entrySheet, writeWorkbook } from '#lib/server/workbook/write.ts';
import { zipDirectory } from '#lib/server/workbook/zip-directory.ts';
import { saved, sheet, zipped } from './packed.ts';

const rowsOf = (bytes: Uint8Array) => Array.fromAsync(firstSheet(bytes));
const faultOf = (bytes: Uint8Array) =>
	rowsOf(bytes).then(
		() => 'none',
		(error: unknown) => (error instanceof UnreadableWorkbook ? error.fault : error)
	);

test('cells come as they would stand in a CSV file', async () => {
	const day = new Date('2026-05-03T00:00:00Z');
	const rows = [
		['REF', 'a', 'b', 'c', 'd'],
		['001', 3450, 12.5, day, new Date('2026-05-03T08:30:00Z')],
		['Å"x;', 0.1 + 0.2, 199001012385, 1e-7, -0.5],
		['x', 45000, true, 1e15, null]
	];
	expect(await rowsOf(await saved([sheet(rows)]))).toEqual([
		['REF', 'a', 'b', 'c', 'd'],
		['001', '3450', '12.5', '2026-05-03', '2026-05-03 08:30:00'],
		['Å"x;', '0.3', '199001012385', '0.0000001', '-0.5'],
		['x', '45000', 'TRUE', '1000000000000000', '']
	]);
});

test('a number is a day only where the cell shows it as one', async () => {
	const columns = [{}, { numFmt: 'yyyy-mm-dd' }, { numFmt: '0.00' }, { numFmt: 'hh:mm' }];
	const rows = await rowsOf(await saved([sheet([['x', 46145, 46145, 0.5]], { columns })]));
	expect(rows).toEqual([['x', '2026-05-03', '46145', '12:00:00']]);
});

test('of a formula the value that was saved with it is taken', async () => {
	const cells = new Map([['1,1', { formula: '6*7', formulaResult: 42 }]]);
	const bytes = await saved([
		sheet(
			[
				['REF', 'n'],
				['A', 42]
			],
			{ cells }
		)
	]);
	expect(await rowsOf(bytes)).toEqual([
		['REF', 'n'],
		['A', '42']
	]);
});

test('empty rows and ends of rows are no rows and no fields, and more fields than the header stay', async () => {
	const rows = [['REF', 'n'], [null, null], ['A'], ['B', 1, null, null], ['C', 1, null, 'stray'], []];
	expect(await rowsOf(await saved([sheet(rows)]))).toEqual([
		['REF', 'n'],
		['A', ''],
		['B', '1'],
		['C', '1', '', 'stray']
	]);
});

test('only the first sheet is read', async () => {
	const bytes = await saved([sheet([['first']]), sheet([['second']], { name: 'Blad2' })]);
	expect(await rowsOf(bytes)).toEqual([['first']]);
});

test.for(['=1+1', '-7', '+46', '@x', "'quoted'", '0012', '199001012385', '2026-05-03', ' x '])(
	'the text %j comes back from a sheet that we wrote as it went in',
	async (text) => {
		const bytes = await writeWorkbook(
			[entrySheet('A', [{ header: 'REF' }, { header: 'n' }], [[text, null]])],
			'A'
		);
		expect(await rowsOf(bytes)).toEqual([
			['REF', 'n'],
			[text, '']
		]);
	}
);

test('a cell to be filled in is a text, also where it is empty', async () => {
	const bytes = await writeWorkbook(
		[entrySheet('A', [{ header: 'REF' }, { header: 'n' }], [['A', null]])],
		'A'
	);
	const { readXlsx } = await import('hucre/xlsx');
	const read = await readXlsx(bytes, { readStyles: true });
	for (const place of ['1,0', '1,1']) expect(read.sheets[0]?.cells?.get(place)?.style?.numFmt).toBe('@');
});

test('a zip file that is no workbook, or is cut, is an archive', async () => {
	const zip = zipped([{ name: 'births.csv', content: 'REF;KON\n' }]);
	expect(zipDirectory(zip)?.map(({ name, unpacked }) => [name, unpacked])).toEqual([['births.csv', 8]]);
	expect(await faultOf(zip)).toBe('archive');
	const whole = await saved([sheet([['REF']])]);
	expect(await faultOf(whole.subarray(0, whole.length - 30))).toBe('archive');
});

test('a workbook with macros is not read', async () => {
	const bytes = await saved([sheet([['REF']])], { vbaProject: new Uint8Array([1, 2, 3]) });
	expect(await faultOf(bytes)).toBe('macros');
});

const bare = [
	{ name: '[Content_Types].xml', content: '<Types/>' },
	{ name: 'xl/workbook.xml', content: '<workbook/>' }
];
const nothing = Buffer.alloc(30e6);

test.for([
	[
		'packs much more than a sheet can',
		[{ name: 'xl/worksheets/sheet1.xml', content: nothing }],
		'workbookTooLarge'
	],
	[
		'is larger than we unpack',
		Array.from({ length: 3 }, (_, n) => ({ name: `xl/${n}.bin`, content: 'x', claims: 99e6 })),
		'workbookTooLarge'
	],
	['does not say how large a file is', [{ name: 'xl/a.xml', content: nothing, claims: 0 }], 'archive'],
	['has nothing in it that a workbook has', [], 'workbook']
] as const)('a zip bomb or wreck that %s is refused', async ([, files, fault]) => {
	expect(await faultOf(zipped([...bare, ...files]))).toBe(fault);
});

test('a file that says it is smaller than it is, is not unpacked further', async () => {
	const whole = await saved([sheet([['REF'], ...Array.from({ length: 5000 }, (_, n) => [`birth ${n}`])])]);
	const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
	for (let at = 0; at < whole.length - 46; at++) {
		const isEntry = view.getUint32(at, true) === 0x02014b50;
		if (isEntry && view.getUint32(at + 24, true) > 50_000) view.setUint32(at + 24, 1000, true);
	}
	expect(await faultOf(whole)).toBe('workbook');
});
