import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Receipt } from '#lib/submission/receipt.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { demo } from '../../scripts/demo/country.ts';
import type { Fault } from '../../scripts/demo/faults.ts';
import { handIn } from '../../scripts/demo/hand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const lost: Fault = {
	kind: 'variableStops',
	unit: 'visby',
	variable: 'KON',
	from: '2026-01-01',
	to: '2026-01-31',
	size: 1,
	mended: '2026-03-05',
	seen: ''
};
const again: Fault = { kind: 'sentAgain', unit: 'visby', from: '2026-02-20', size: 0.5, seen: '' };
let register: Register;
let receipts: Receipt[];
let rows: number;

beforeAll(async () => {
	const definition = await loadDefinition('data/mfr');
	register = await openRegister(folder, definition);
	const options = {
		seed: 1,
		today: '2026-03-12',
		units: ['visby', 'lycksele'],
		years: 1,
		monthlyYears: 0,
		faults: [lost, again]
	};
	receipts = [];
	rows = 0;
	for await (const { file, receipt } of handIn(register, demo(definition, options).files())) {
		rows += file.rows;
		receipts.push(receipt);
	}
}, 60_000);

afterAll(() => {
	register.db.close();
	rmSync(folder, { recursive: true });
});

const sum = (of: (receipt: Receipt) => number) => receipts.reduce((total, receipt) => total + of(receipt), 0);

test('every file of a demo is received, every row accepted or rejected', () => {
	expect(receipts.length).toBeGreaterThan(6);
	expect(receipts.filter((receipt) => receipt.status !== 'received')).toEqual([]);
	expect(sum((receipt) => receipt.accepted + receipt.rejected)).toBe(rows);
	expect(sum((receipt) => receipt.rejected) / rows).toBeLessThan(0.01);
});

test('a supplement changes, a file sent again leaves unchanged', () => {
	const supplement = receipts.find((receipt) => receipt.reading?.columns.length === 1);
	expect(supplement?.reading?.columns).toEqual(['KON']);
	expect(supplement?.changed).toBe(supplement?.rows);
	const repeated = receipts.find((receipt) => receipt.fileName.includes('igen'));
	expect(repeated?.rows).toBeGreaterThan(10);
	expect(repeated?.unchanged).toBe(repeated?.rows);
});

test('what was lost is seen as of the days before the supplement, and no more after', async () => {
	const blanks = (day: string) =>
		register.db.rows(
			z.object({ n: z.int(), blank: z.int() }),
			`select sum(n_applicable)::integer as n, sum(n_blank)::integer as blank from cube_item
			where unit = 'visby' and variable = 'KON' and birth_month = date '2026-01-01'
				and valid_from <= $day::date and (valid_to is null or valid_to > $day::date)`,
			{ day }
		);
	const [before] = await blanks('2026-03-04');
	const [after] = await blanks('2026-03-05');
	expect(before?.blank).toBe(before?.n);
	expect(after?.blank).toBe(0);
});

test('few values of a demo are invalid', () => {
	const issues = sum((receipt) => Object.values(receipt.issues).reduce((total, n) => total + n, 0));
	expect(issues).toBeGreaterThan(0);
	expect(issues / rows).toBeLessThan(0.05);
});

test('the command leaves a folder alone that holds a register', () => {
	const held = mkdtempSync(join(tmpdir(), 'demo-'));
	writeFileSync(join(held, 'register.duckdb'), 'as it was');
	const { status, stderr } = spawnSync(process.execPath, ['scripts/demo.ts', '--data', held], {
		encoding: 'utf8'
	});
	expect(status).toBe(1);
	expect(stderr).toBe(`${held} holds a register already. Demo data goes into an empty folder only.\n`);
	expect(readdirSync(held)).toEqual(['register.duckdb']);
	expect(readFileSync(join(held, 'register.duckdb'), 'utf8')).toBe('as it was');
	rmSync(held, { recursive: true });
});

test('the command says in a sentence what is wrong with its arguments', () => {
	const command = (...args: string[]) =>
		spawnSync(process.execPath, ['scripts/demo.ts', '--data', join(folder, 'none'), ...args], {
			encoding: 'utf8'
		});
	expect(command('--today', '2026-02-30')).toMatchObject({
		status: 1,
		stderr: '--today is a day such as 2026-11-23, not “2026-02-30”.\n'
	});
	expect(command('--seed', 'x')).toMatchObject({ status: 1, stderr: '--seed is a whole number, not “x”.\n' });
	expect(command('--register', 'nowhere')).toMatchObject({
		status: 1,
		stderr: 'There is no definition of a register in nowhere (setting BORTFALL_REGISTER).\n'
	});
	expect(command('--sedd', '2')).toMatchObject({
		status: 1,
		stderr: expect.stringContaining("Unknown option '--sedd'")
	});
	const other = command('--register', 'data/sinasc');
	expect(other).toMatchObject({ status: 0 });
	expect(other.stderr).toContain('No demo data can be made for the register sinasc');
});
