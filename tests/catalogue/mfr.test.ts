import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { expect, test } from 'vitest';
import { readDefinition, reported } from '#lib/catalogue/catalogue.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { definitionFiles, sharedFolder } from './definition-files.ts';

const mfr = readDefinition(definitionFiles('mfr'));
const shared = sharedFolder('mfr');
const rows = (name: string) => csvParse(readFileSync(join(shared ?? '', name), 'utf8'));
/** The entries of the reference list that units report, each with ours. */
const listed = () =>
	rows('variables.csv')
		.filter((row) => row.origin === 'reported')
		.map((row) => ({ row, id: row.name ?? '', ours: mfr.byId.get(row.name ?? '') }));
/** What of ours differs from what the list leads to expect, by variable. */
const differing = (
	wanted: (row: Record<string, string | undefined>) => unknown,
	of: (v: Variable) => unknown
) =>
	listed()
		.filter(({ row, ours }) => !ours || of(ours) !== wanted(row))
		.map(({ id }) => id);

const types: Record<string, Variable['type']> = {
	integer: 'integer',
	decimal: 'decimal',
	date: 'date',
	datetime: 'datetime',
	code: 'code',
	string: 'text',
	personnummer: 'identity',
	icd10: 'classification',
	kva: 'classification'
};
/** Codes out of a list that is kept elsewhere. */
const outerLists = ['ATC', '5 digits'];

test.skipIf(!shared)('every reported variable of the list is in the catalogue, and no other', () => {
	const ids = listed().map(({ id }) => id);
	expect(ids).toHaveLength(107);
	expect(
		reported(mfr)
			.map((v) => v.id)
			.toSorted()
	).toEqual(ids.toSorted());
});

test.skipIf(!shared)('a child’s variable is counted per birth, all others per delivery', () => {
	expect(
		differing(
			(row) => (row.level === 'child' ? 'birth' : 'delivery'),
			(v) => v.level
		)
	).toEqual([]);
});

test.skipIf(!shared)('every variable has the type of the list', () => {
	const wanted = (row: Record<string, string | undefined>) =>
		outerLists.includes(row.unit ?? '') ? 'classification' : types[row.type ?? ''];
	expect(differing(wanted, (v) => v.type)).toEqual([]);
});

test.skipIf(!shared)('every variable stands on the form of the list', () => {
	expect(
		differing(
			(row) => (row.form === 'ALL' ? 'MHV1' : row.form),
			(v) => v.form
		)
	).toEqual([]);
});

test.skipIf(!shared)('the codes of every closed code list are those of the list', () => {
	const wanted = (row: Record<string, string | undefined>) =>
		(row.type === 'code' ? (row.allowed_codes ?? '') : '')
			.split(';')
			.map((part) => part.split('=')[0] ?? '')
			.filter((code) => /^\d$/.test(code))
			.toSorted()
			.join();
	expect(
		differing(wanted, (v) =>
			(v.codes ?? [])
				.map((c) => c.code)
				.toSorted()
				.join()
		)
	).toEqual([]);
});

test.skipIf(!shared)('numbers that are plausible in the list are inside the limits, and no others', () => {
	const numbers = listed().filter(({ row }) => row.type === 'integer' || row.type === 'decimal');
	for (const { id, row, ours } of numbers)
		expect(ours?.softLimits ?? ours?.hardLimits, id).toEqual([
			Number(row.plausible_min),
			Number(row.plausible_max)
		]);
});

test.skipIf(!shared)('the catalogue says which names are the register’s and which are ours', () => {
	expect(
		differing(
			(row) => (row.name_status === 'real' ? 'register' : 'ours'),
			(v) => v.name
		)
	).toEqual([]);
});

test.skipIf(!shared)(
	'98 % is asked of mandatory variables, 95 % of expected, 90 % of optional ones that reach it',
	() => {
		const asked: Record<string, number> = { mandatory: 0.98, expected: 0.95 };
		for (const { id, row, ours } of listed()) {
			if (ours?.completeness !== 'value') continue;
			const optional = Number(row.assumed_completeness_percent_for_simulation) >= 90 ? 0.9 : undefined;
			expect(ours.target, id).toBe(asked[row.required ?? ''] ?? optional);
		}
	}
);

test.skipIf(!shared)('the reference births are the national ones, year by year', () => {
	expect(mfr.references.map((r) => [r.unit, r.year, r.births])).toEqual(
		rows('national_births.csv').map((row) => ['', Number(row.year), Number(row.births)])
	);
});

test('reference births are there for every year from 1973 to 2025', () => {
	expect(mfr.references.map((r) => r.year)).toEqual(Array.from({ length: 53 }, (_, n) => 1973 + n));
});

test('soft limits lie within hard ones', () => {
	for (const { id, hardLimits, softLimits } of mfr.variables) {
		if (typeof hardLimits?.[0] !== 'number' || typeof softLimits?.[0] !== 'number') continue;
		expect(softLimits[0], id).toBeGreaterThanOrEqual(hardLimits[0]);
		expect(softLimits[1], id).toBeLessThanOrEqual(Number(hardLimits[1]));
	}
});

test('every variable that can be demanded has a target; tick boxes have none, but their group has', () => {
	for (const v of mfr.variables) {
		if (v.completeness !== 'value') expect(v.target, v.id).toBeUndefined();
		if (v.group === undefined) continue;
		expect(v.completeness, v.id).toBe('tickbox');
		expect(mfr.byId.get(v.group)?.target, v.group).toBe(0.95);
	}
});

test('a weight in kilograms, and height and weight swapped, fall outside the limits', () => {
	const permits = (id: string, value: number) => {
		const [low, high] = (mfr.byId.get(id)?.hardLimits ?? []) as [number, number];
		return value >= low && value <= high;
	};
	expect(permits('BVIKT', 3500)).toBe(true);
	expect(permits('BVIKT', 3)).toBe(false);
	expect(permits('MLANGD', 168)).toBe(true);
	expect(permits('MLANGD', 65)).toBe(false);
});

test('a label is the same in both languages only where the words are', () => {
	const same = mfr.variables.filter((v) => v.label.sv === v.label.en).map((v) => v.id);
	expect(same).toEqual(['DIABETES', 'SLE', 'INTUB']);
});

const patterns: [id: string, permitted: string[], refused: string[]][] = [
	[
		'MDIAG1',
		['O80.9', 'O809', 'O80', 'Z00.1A', 'O80.9 O70.0 Z37.0'],
		['80.9', 'O8', 'frisk', 'O80.9, O70.0']
	],
	['FLOP1', ['MCA10', 'DT036', 'MCA10 DT036'], ['MCA1', 'kejsarsnitt', 'MCA10,DT036']],
	['LMINS', ['N02BE01', 'A11', 'N02BE01 A11CC05'], ['Alvedon', 'X02', 'N02BE0']],
	['SJUKHUS', ['10013'], ['1001', '100130', 'SÖS']]
];

test.for(patterns)(
	'the pattern of %s permits its codes, alone or repeated, and nothing else',
	([id, good, bad]) => {
		const pattern = new RegExp(`^(?:${mfr.byId.get(id)?.pattern})$`);
		expect(good.filter((text) => !pattern.test(text))).toEqual([]);
		expect(bad.filter((text) => pattern.test(text))).toEqual([]);
	}
);
