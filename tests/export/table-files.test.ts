import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateDay, float64, int32, list, tableFromArrays, tableToIPC, utf8, bool } from '@uwdata/flechette';
import { tableFromIPC } from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { byteOrderMark } from '#lib/format/csv.ts';
import { arrowFileOf } from '#lib/server/export/arrow-file.ts';
import { csvOf } from '#lib/server/export/csv.ts';
import { parquetOf } from '#lib/server/export/parquet.ts';
import { openDatabase } from '#lib/server/db/database.ts';

const columns = {
	unit: ['danderyd', null, '=1+1', 'a;b,c'],
	births: [12, null, -3, 0],
	share: [0.25, null, -1e-7, 1],
	judged: [true, null, false, true],
	month: [new Date('2026-01-01'), null, new Date('1899-12-31'), new Date('2026-11-01')],
	trend: [[0.5, null, 1], null, [], [0.125]]
};
const types = {
	unit: utf8(),
	births: int32(),
	share: float64(),
	judged: bool(),
	month: dateDay(),
	trend: list(float64())
};
const ipc = (of: Record<string, unknown[]>) => {
	const bytes = tableToIPC(tableFromArrays(of, { types }), { format: 'stream' });
	if (!bytes) throw new Error('no bytes');
	return bytes;
};
const arrow = ipc(columns);
const metadata = { notebook: 'prov', entry: '17', parameters: '{"unit":"a å"}' };

test('a CSV file has the marks of its language, days as such, no formula, and nothing as nothing', () => {
	const lines = (locale: 'sv' | 'en') => [...csvOf(arrow, locale)].join('').split('\r\n');
	expect(lines('sv')).toEqual([
		`${byteOrderMark}unit;births;share;judged;month;trend`,
		'danderyd;12;0,25;true;2026-01-01;0,5||1',
		';;;;;',
		"'=1+1;-3;-1e-7;false;1899-12-31;",
		'"a;b,c";0;1;true;2026-11-01;0,125',
		''
	]);
	expect(lines('en')).toEqual([
		`${byteOrderMark}unit,births,share,judged,month,trend`,
		'danderyd,12,0.25,true,2026-01-01,0.5||1',
		',,,,,',
		"'=1+1,-3,-1e-7,false,1899-12-31,",
		'"a;b,c",0,1,true,2026-11-01,0.125',
		''
	]);
});

test('a Parquet file has the types that the columns have, read by another program', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
	const db = await openDatabase();
	try {
		const file = join(folder, 'table.parquet');
		writeFileSync(file, parquetOf(arrow, metadata, 'Bortfall 0'));
		const described = await db.rows(
			z.object({ column_name: z.string(), column_type: z.string() }),
			'select column_name, column_type from (describe select * from read_parquet($file))',
			{ file }
		);
		expect(Object.fromEntries(described.map((each) => [each.column_name, each.column_type]))).toEqual({
			unit: 'VARCHAR',
			births: 'BIGINT',
			share: 'DOUBLE',
			judged: 'BOOLEAN',
			month: 'DATE',
			trend: 'DOUBLE[]'
		});
		const rows = await db.rows(
			z.record(z.string(), z.unknown()),
			'select * replace (births::integer as births, month::varchar as month) from read_parquet($file)',
			{ file }
		);
		expect(rows).toEqual([
			{ unit: 'danderyd', births: 12, share: 0.25, judged: true, month: '2026-01-01', trend: [0.5, null, 1] },
			{ unit: null, births: null, share: null, judged: null, month: null, trend: null },
			{ unit: '=1+1', births: -3, share: -1e-7, judged: false, month: '1899-12-31', trend: [] },
			{ unit: 'a;b,c', births: 0, share: 1, judged: true, month: '2026-11-01', trend: [0.125] }
		]);
	} finally {
		db.close();
		rmSync(folder, { recursive: true });
	}
});

test('Parquet and Arrow files say what they were made of', () => {
	const { key_value_metadata: told, created_by } = parquetMetadata(
		new Uint8Array(parquetOf(arrow, metadata, 'Bortfall 0')).buffer
	);
	expect(Object.fromEntries((told ?? []).map(({ key, value }) => [key, value]))).toMatchObject(metadata);
	expect(created_by).toBe('Bortfall 0');
	expect(Object.fromEntries(tableFromIPC(arrowFileOf(arrow, metadata)).schema.metadata)).toEqual(metadata);
});

test('an Arrow file has the columns as they came', () => {
	const table = tableFromIPC(arrowFileOf(arrow, metadata));
	expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
		'unit Utf8',
		'births Int32',
		'share Float64',
		'judged Bool',
		'month Date32<DAY>',
		'trend List<Float64>'
	]);
	expect(table.getChild('births')?.toJSON()).toEqual([12, null, -3, 0]);
	expect(table.getChild('share')?.toJSON()).toEqual([0.25, null, -1e-7, 1]);
});

test('a table without rows has its columns in every file', () => {
	const empty = ipc(Object.fromEntries(Object.keys(columns).map((name) => [name, []])));
	expect([...csvOf(empty, 'sv')].join('')).toBe(`${byteOrderMark}unit;births;share;judged;month;trend\r\n`);
	expect(parquetMetadata(new Uint8Array(parquetOf(empty, {}, 'B')).buffer).num_rows).toBe(0n);
	expect(tableFromIPC(arrowFileOf(empty, {})).schema.names).toEqual(Object.keys(columns));
});

test('a hundred thousand rows are written part by part, each row once', () => {
	const length = 100_000;
	const births = Array.from({ length }, (_, at) => at);
	const long = tableToIPC(tableFromArrays({ births }, { types: { births: int32() } }), { format: 'stream' });
	const parts = [...csvOf(long ?? new Uint8Array(), 'en')];
	expect(parts.length).toBeGreaterThanOrEqual(20);
	expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(60_000);
	expect(parts.join('').trim().split('\r\n').slice(1)).toEqual(births.map(String));
});
