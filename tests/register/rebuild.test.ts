import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { DefinitionChanged, openRegister } from '#lib/server/register/open.ts';
import { originalPath } from '#lib/server/register/original.ts';
import { rebuild, RebuildImpossible } from '#lib/server/register/rebuild.ts';
import { listLedger } from '#lib/server/register/receipts.ts';
import { handIn, onlyWith, someVariables, unitLike } from './empty-register.ts';

let folder: string;
let definition: Definition;
let before: Awaited<ReturnType<typeof contents>>;

const header = 'REF;MPNR;BFODDAT;BORDF2;BVIKT;KON;YRKE\n';
/** Two units, months apart: corrections, a supplement, a refusal, a repetition, two files of one day, other bytes. */
const handedIn: [unit: string, day: string, file: string | Buffer][] = [
	[
		'sodersjukhuset',
		'2026-01-02',
		`${header}A1;195704289999;2025-12-31;2;2500;1;kock\nA2;;2025-12-30;1;99;X;\n`
	],
	['danderyd', '2026-01-02', Buffer.from(`${header}D1;;2025-12-05;1;3500;2;målare\n`, 'latin1')],
	[
		'sodersjukhuset',
		'2026-02-01',
		`${header}A3;195704289999;2026-01-01;2;2400;2;\nA1;195704289999;2025-12-31;2;2510;1;kock\n`
	],
	['sodersjukhuset', '2026-02-01', 'REF;KON\nA2;1\nA9;2\n'],
	['danderyd', '2026-02-02', 'REF;BFODDAT\nD2\n'],
	['danderyd', '2026-02-02', `${header}D1;;2026-01-05;1;3500;2;målare\nD2;;2026-01-06;;;;\n`],
	['danderyd', '2026-03-01', `${header}D1;;2026-01-05;1;3500;2;målare\n`]
];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'register-'));
	definition = onlyWith(await loadDefinition('data/mfr'), someVariables);
	const register = await openRegister(folder, definition);
	for (const [id, receivedAt, file] of handedIn)
		await handIn(register, file, { unit: unitLike(register, id, id), receivedAt, fileName: `${id}.csv` });
	register.db.close();
	before = await contents(definition);
});
afterAll(() => rm(folder, { recursive: true }));

const anything = z.object({ row: z.string() });

/** All that the register holds, and its receipts. */
async function contents(by: Definition) {
	const register = await openRegister(folder, by);
	try {
		const tables = [
			'submission',
			'birth_version',
			'issue',
			'cube_birth',
			'cube_form',
			'cube_item',
			'cube_code'
		];
		const found: Record<string, string[]> = {};
		for (const table of tables) {
			const rows = await register.db.rows(anything, `select t::varchar as row from ${table} t order by row`);
			found[table] = rows.map(({ row }) => row);
		}
		return { found, receipts: await listLedger(register.db, { after: 0, limit: 100 }) };
	} finally {
		register.db.close();
	}
}

test('a register made anew is the same in every row of every table, also after a rebuild that was cut short', async () => {
	for (const rest of ['', '.wal']) await writeFile(join(folder, `register.duckdb.new${rest}`), 'half a file');
	expect(before.receipts.map(({ status }) => status)).toContain('refused');
	expect(before.found.cube_birth).toHaveLength(5);
	const steps: number[] = [];
	const rebuilt = await rebuild(folder, definition, (done) => steps.push(done));
	expect(rebuilt).toEqual({ submissions: 7, differences: [], changedCubes: [], kept: undefined });
	expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect(await contents(definition)).toEqual(before);
	for (const rest of ['.new', '.old', '.wal'])
		expect(existsSync(join(folder, `register.duckdb${rest}`))).toBe(false);
});

test('without a whole original nothing is made anew, and the register stays as it is', async () => {
	const [, second] = before.receipts;
	const path = originalPath(folder, second?.sha256 ?? '');
	const bytes = await readFile(path);
	await rm(path);
	await expect(rebuild(folder, definition)).rejects.toThrow(/original of submission 2 is missing/);
	await writeFile(path, bytes.subarray(1));
	await expect(rebuild(folder, definition)).rejects.toThrow(/original of submission 2 is damaged/);
	await writeFile(path, bytes);
	expect(await contents(definition)).toEqual(before);
	expect(existsSync(join(folder, 'register.duckdb.new.wal'))).toBe(false);
});

test('a unit that the definition no longer has is named', async () => {
	const unitById = new Map([...definition.unitById].filter(([id]) => id !== 'danderyd'));
	const less = { ...definition, unitById };
	await expect(rebuild(folder, less)).rejects.toThrow('Submission 2 needs the unit danderyd');
	await expect(rebuild(join(folder, 'nowhere'), definition)).rejects.toThrow(RebuildImpossible);
});

test('by another definition it opens only when it is made anew, which says what differs and keeps the old', async () => {
	const other = onlyWith(
		definition,
		someVariables.filter((id) => id !== 'YRKE')
	);
	const wider = other.variables.map((v) =>
		v.id === 'BVIKT' ? { ...v, hardLimits: [50, 9000] as [number, number] } : v
	);
	const changed = { ...other, variables: wider, byId: new Map(wider.map((v) => [v.id, v])) };
	await expect(openRegister(folder, changed)).rejects.toThrow(DefinitionChanged);
	const rebuilt = await rebuild(folder, changed);
	expect(rebuilt.differences).toEqual([
		{
			number: 1,
			unit: 'sodersjukhuset',
			what: 'issues',
			before: '{"code":1,"limits":1}',
			after: '{"code":1,"implausible":1}'
		}
	]);
	expect(rebuilt.changedCubes).toEqual(['cube_form', 'cube_item', 'cube_code']);
	expect(rebuilt.kept).toBe(join(folder, 'register.duckdb.old'));
	expect(existsSync(join(folder, 'register.duckdb.old'))).toBe(true);
	const after = await contents(changed);
	expect(after.receipts.map(({ accepted }) => accepted)).toEqual(
		before.receipts.map(({ accepted }) => accepted)
	);
	await expect(openRegister(folder, definition)).rejects.toThrow(DefinitionChanged);
	// And back again, by the definition as it was.
	await rebuild(folder, definition);
	expect(await contents(definition)).toEqual(before);
});
