import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { isDay } from '#lib/period/day.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { demo, smallDemo, type DemoFile, type DemoOptions } from '../../scripts/demo/country.ts';
import { dayOf, rowsOf } from './rows.ts';

const today = '2026-11-23';
let definition: Definition;
let small: DemoFile[];

beforeAll(async () => {
	definition = await loadDefinition('data/mfr');
	small = filesOf({ seed: 1, today, ...smallDemo });
}, 60_000);

const filesOf = (options: DemoOptions) => [...demo(definition, options).files()];

function fingerprint(files: DemoFile[]): string {
	const hash = createHash('sha256');
	for (const { bytes, unit, ...rest } of files)
		hash.update(JSON.stringify({ ...rest, unit: unit.id })).update(bytes);
	return hash.digest('hex');
}

test('the same seed and day give the same bytes, another seed gives others', () => {
	expect(fingerprint(filesOf({ seed: 1, today, ...smallDemo }))).toBe(fingerprint(small));
	expect(fingerprint(filesOf({ seed: 2, today, ...smallDemo }))).not.toBe(fingerprint(small));
});

test('files come in time order and before today', () => {
	const times = small.map((file) => file.receivedAt);
	expect(times).toEqual(times.toSorted());
	expect(times.every((time) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) && time < today)).toBe(true);
});

test('years before the last come in January files, this year and the last in monthly ones', () => {
	const unit = small.filter((file) => file.unit.id === 'gavle');
	const yearly = unit.filter((file) => file.rows > 100);
	expect(yearly.map((file) => file.receivedAt.slice(0, 7))).toEqual(['2025-01']);
	expect(yearly.every((file) => file.receivedAt.slice(0, 10) <= '2025-01-31')).toBe(true);
	const months = new Set(
		unit.filter((file) => file.receivedAt >= '2025-02').map((file) => file.receivedAt.slice(0, 7))
	);
	expect(months.size).toBe(22);
});

test('no birth is sent before it is born, and discharges not before they are', () => {
	const early = (column: 'BFODDAT' | 'BUTDAT') =>
		small.flatMap((file) =>
			rowsOf(file).filter(
				(row) => isDay(dayOf(row[column])) && dayOf(row[column]) > file.receivedAt.slice(0, 10)
			)
		);
	expect(early('BFODDAT')).toEqual([]);
	expect(early('BUTDAT')).toEqual([]);
});

test('some births come late, some are sent again with something mended', () => {
	const seen = new Map<string, DemoFile>();
	let again = 0;
	for (const file of small)
		for (const { REF = '' } of rowsOf(file)) {
			const key = `${file.unit.id}/${REF}`;
			if (seen.has(key) && seen.get(key) !== file) again++;
			seen.set(key, file);
		}
	expect(again).toBeGreaterThan(10);
	expect(again / seen.size).toBeLessThan(0.05);
});

test('units send in different forms', () => {
	const files = filesOf({ seed: 1, today: '2026-03-20', years: 0, scale: 0.1 });
	const headers = new Map(
		files.map((file) => [file.unit.id, Buffer.from(file.bytes).toString('latin1').split('\n', 1)[0] ?? ''])
	);
	const count = (holds: (header: string) => boolean) => [...headers.values()].filter(holds).length;
	for (const delimiter of [';', ',', '\t'])
		expect(
			count((header) => header.includes(`MIDTYP${delimiter}`)),
			delimiter
		).toBeGreaterThan(2);
	expect(
		count((header) => header.startsWith('\xef\xbb\xbf')),
		'byte order mark'
	).toBeGreaterThan(2);
	expect(count((header) => header.endsWith('\r'))).toBeGreaterThan(5);
	expect(count((header) => header === header.toLowerCase())).toBeGreaterThan(0);
	const latin = files.filter((file) => new TextDecoder().decode(file.bytes).includes('\uFFFD'));
	expect(new Set(latin.map((file) => file.unit.id)).size).toBeGreaterThan(3);
	expect(latin.some((file) => rowsOf(file).some((row) => row.YRKE === 'undersköterska'))).toBe(true);
});

test('a unit that closed within the years has births until then, one that closed before has none', () => {
	const options = { seed: 1, today: '2021-06-10', years: 2, scale: 0.2, units: ['karlskoga', 'solleftea'] };
	const days = filesOf({ ...options, faults: [] }).flatMap((file) =>
		rowsOf(file).map((row) => [file.unit.id, dayOf(row.BFODDAT)] as const)
	);
	expect(new Set(days.map(([unit]) => unit))).toEqual(new Set(['karlskoga']));
	const born = days
		.map(([, day]) => day)
		.filter(isDay)
		.toSorted();
	expect(born[0]?.slice(0, 7)).toBe('2019-01');
	expect(born.at(-1) ?? '').toMatch(/^2019-0[56]/);
});
