import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { arrowPage, rowsOfArrow } from '#lib/notebook/arrow.ts';
import { arrowOf, type WrittenColumn } from '#lib/notebook/arrow-write.ts';

/** Three rows of every kind of column, the second without values. */
const present = Uint8Array.of(1, 0, 1);
const every: WrittenColumn[] = [
	{ name: 'unit', type: 'text', present, values: ['Östra Förlossningen 🍼', null, ''] },
	{ name: 'n', type: 'integer', present, values: Int32Array.of(12, 0, -7) },
	{ name: 'wide', type: 'integer', present, values: BigInt64Array.of(9_007_199_254_740_991n, 0n, -1n) },
	{ name: 'share', type: 'number', present, values: Float64Array.of(0.942, 0, -1.5e300) },
	{ name: 'is_due', type: 'boolean', present, values: Uint8Array.of(1, 0, 0) },
	{ name: 'day', type: 'day', present, values: Int32Array.of(20_454, 0, -1) },
	{ name: 'trend', type: 'numbers', present, values: [[0.9, null, 1], null, []] }
];
const rows = [
	{
		unit: 'Östra Förlossningen 🍼',
		n: 12,
		wide: 9_007_199_254_740_991,
		share: 0.942,
		is_due: true,
		day: '2026-01-01',
		trend: [0.9, null, 1]
	},
	{ unit: null, n: null, wide: null, share: null, is_due: null, day: null, trend: null },
	{ unit: '', n: -7, wide: -1, share: -1.5e300, is_due: false, day: '1969-12-31', trend: [] }
];

/** The rows as the reference implementation of Arrow reads them. */
function read(bytes: Uint8Array) {
	const table = tableFromIPC(bytes);
	return Array.from({ length: table.numRows }, (_, at) =>
		Object.fromEntries(
			table.schema.fields.map(({ name }) => {
				const value: unknown = table.getChild(name)?.get(at);
				if (typeof value === 'bigint') return [name, Number(value)];
				if (name === 'day' && typeof value === 'number')
					return [name, new Date(value).toISOString().slice(0, 10)];
				return [name, value && typeof value === 'object' ? [...(value as Iterable<unknown>)] : value];
			})
		)
	);
}

describe('tables as Arrow', () => {
	test('are read by apache-arrow with every kind of column, and with what has no value', () => {
		expect(read(arrowOf(every))).toEqual(rows);
	});

	test('are read back as rows of a notebook, with the kinds of their columns', () => {
		const found = rowsOfArrow(arrowOf(every));
		expect(found.rows).toEqual(rows);
		expect(found.length).toBe(3);
		expect(found.columns).toEqual(every.map(({ name, type }) => ({ name, type })));
	});

	test('keep letters of one to four bytes, one beside the other, and mark half a pair', () => {
		const texts = ['a', 'é', '', null, '€', '😀😀', 'x\ud83d', '\ude00y', '\u{10ffff}߿ࠀ'];
		const bytes = arrowOf([
			{ name: 't', type: 'text', present: Uint8Array.from(texts, (t) => (t === null ? 0 : 1)), values: texts }
		]);
		const whole = texts.map((text) => text?.toWellFormed() ?? null);
		expect(rowsOfArrow(bytes).rows.map(({ t }) => t)).toEqual(whole);
		expect(read(bytes).map(({ t }) => t)).toEqual(whole);
	});

	test('keep their columns when they have no rows', () => {
		const empty = arrowPage(arrowOf(every), 0, 0);
		expect(rowsOfArrow(empty)).toEqual({
			columns: every.map(({ name, type }) => ({ name, type })),
			rows: [],
			length: 0
		});
		expect(tableFromIPC(empty).schema.fields.map(({ name }) => name)).toEqual(every.map(({ name }) => name));
		expect(tableFromIPC(empty).numRows).toBe(0);
	});

	test('give a page that other readers read too', () => {
		const page = arrowPage(arrowOf(every), 1, 3);
		expect(read(page)).toEqual(rows.slice(1));
		expect(rowsOfArrow(page).rows).toEqual(rows.slice(1));
		expect(rowsOfArrow(arrowOf(every), 1, 2)).toMatchObject({ rows: rows.slice(1, 2), length: 3 });
		expect(rowsOfArrow(arrowOf(every), 2, 900).rows).toEqual(rows.slice(2));
		expect(rowsOfArrow(arrowOf(every), 7, 900).rows).toEqual([]);
	});

	test('carry 100,000 rows of five columns there and back', () => {
		const length = 100_000;
		const at = Array.from({ length }, (_, place) => place);
		const bytes = arrowOf([
			{ name: 'unit', type: 'text', present: null, values: at.map((n) => `Enhet ${n % 47} å`) },
			{ name: 'n', type: 'integer', present: null, values: Int32Array.from(at) },
			{ name: 'share', type: 'number', present: null, values: Float64Array.from(at, (n) => n / length) },
			{
				name: 'day',
				type: 'day',
				present: Uint8Array.from(at, (n) => (n % 9 ? 1 : 0)),
				values: Int32Array.from(at)
			},
			{ name: 'is_due', type: 'boolean', present: null, values: Uint8Array.from(at, (n) => n % 2) }
		]);
		const last = { unit: 'Enhet 30 å', n: 99_999, share: 0.99999, day: null, is_due: true };
		expect(rowsOfArrow(bytes, 99_999).rows).toEqual([last]);
		expect(rowsOfArrow(bytes).length).toBe(length);
		const table = tableFromIPC(bytes);
		expect(table.numRows).toBe(length);
		expect(table.getChild('n')?.toArray()).toEqual(Int32Array.from(at));
		expect(table.getChild('unit')?.get(99_999)).toBe('Enhet 30 å');
		expect(table.getChild('day')?.nullCount).toBe(Math.ceil(length / 9));
	});
});
