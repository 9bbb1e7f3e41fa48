import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wholeNation } from '#lib/access/scope.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { birthsOf, birthsInSpans } from '#lib/server/figures/births.ts';
import { countsByVariable } from '#lib/server/figures/cells.ts';
import { coverage } from '#lib/server/figures/coverage.ts';
import { flagsOf } from '#lib/server/figures/flags.ts';
import { timeliness } from '#lib/server/figures/timeliness.ts';
import { birthVariables } from '#lib/server/notebook/snapshot-births.ts';
import { flagsTable } from '#lib/server/notebook/snapshot-flags.ts';
import { openSnapshots, type Snapshot, type Snapshots } from '#lib/server/notebook/snapshot.ts';
import type { Register } from '#lib/server/register/open.ts';
import { sameDayEarlier } from '#lib/period/comparison.ts';
import { peopledRegister, today, view } from '../figures/peopled-register.ts';
import { filesWith } from '../register/byte-search.ts';
import { emptyRegister, handIn, someVariables } from '../register/empty-register.ts';

/** Rows of a snapshot's file. */
async function asked<T>(file: string, row: z.ZodType<T>, sql: string): Promise<T[]> {
	const db = await openDatabase(file);
	try {
		return await db.rows(row, sql);
	} finally {
		db.close();
	}
}

const n = z.object({ n: z.int().nullable() });
const number = async (file: string, expression: string, from: string) =>
	(await asked(file, n, `select (${expression})::integer as n from ${from}`))[0]?.n;

describe('a snapshot of a country', () => {
	let made: Awaited<ReturnType<typeof peopledRegister>>;
	let register: Register;
	let snapshots: Snapshots;
	let snapshot: Snapshot;
	beforeAll(async () => {
		made = await peopledRegister();
		({ register } = made);
		snapshots = openSnapshots(register);
		snapshot = await snapshots.take(today);
	}, 60_000);
	afterAll(async () => {
		await snapshots.close();
		await made.remove();
	});

	test('holds the births, deliveries and coverage of the dashboards', async () => {
		const { nation } = await birthsOf(wholeNation, register, view);
		const year = 'cube_birth where year(birth_month) = 2025';
		expect(await number(snapshot.figures, 'sum(births)', year)).toBe(nation?.births);
		expect(await number(snapshot.figures, 'sum(deliveries)', year)).toBe(nation?.deliveries);
		const [covered] = (await coverage(wholeNation, register, { from: 2024, to: 2024, asOf: today })) ?? [];
		const of2024 = 'cube_birth where year(birth_month) = 2024';
		expect(await number(snapshot.figures, 'sum(live_births)', of2024)).toBe(covered?.figure.numerator);
		expect(await number(snapshot.figures, 'live_births', 'population where year = 2024')).toBe(
			covered?.figure.denominator
		);
	});

	test('holds every variable’s counts, with what counts as known', async () => {
		const counts = await countsByVariable(register.db, { period: view.period, asOf: today });
		const found = await asked(
			snapshot.figures,
			z.object({ variable: z.string(), n: z.int(), r: z.int(), k: z.int(), b: z.int() }),
			`select variable, sum(n_applicable)::integer as n, sum(n_recorded)::integer as r, sum(n_known)::integer as k,
				sum(n_blank)::integer as b from cube_item where year(birth_month) = 2025 group by variable`
		);
		expect(found).toHaveLength(register.definition.variables.length);
		for (const { variable, n: applicable, r, k, b } of found) {
			const of = counts.get(variable);
			const unknown = register.definition.byId.get(variable)?.unknownCounts ? (of?.nUnknown ?? 0) : 0;
			expect([applicable, r, k, b], variable).toEqual([
				of?.nApplicable,
				of?.nRecorded,
				(of?.nRecorded ?? 0) + unknown,
				of?.nBlank
			]);
		}
	});

	test('tells timeliness, and the days to receipt', async () => {
		const told = await timeliness(wholeNation, register, { period: view.period, asOf: today });
		const due = 'cube_birth where is_due and year(birth_month) = 2025';
		expect(await number(snapshot.figures, 'sum(on_time)', due)).toBe(told?.figure.numerator);
		expect(await number(snapshot.figures, 'sum(births)', due)).toBe(told?.figure.denominator);
		const days = await asked(
			snapshot.figures,
			z.object({ value: z.int(), n: z.int() }),
			`select days as value, sum(n)::integer as n from receipt_day where year(birth_month) = 2025
			group by days order by days`
		);
		expect(days).toEqual(told?.days);
	});

	test('tells every month as it stood on the same day of earlier years', async () => {
		const [unit = ''] = made.peopled;
		for (const back of [0, 1, 2]) {
			const asOf = sameDayEarlier('2026-02-01', back);
			const earlier = await snapshots.take('2026-02-01');
			const [span] =
				(await birthsInSpans(wholeNation, register, unit, [{ period: view.period, asOf }])) ?? [];
			const from = `same_day where unit = '${unit}' and years_back = ${back} and year(birth_month) = 2025`;
			expect((await number(earlier.figures, 'sum(births)', from)) ?? 0).toBe(span?.births);
			earlier.release();
		}
	});

	test('of an earlier day holds what had come in by then', async () => {
		const earlier = await snapshots.take('2026-02-10');
		expect(await number(earlier.figures, 'count(distinct unit)', 'cube_birth')).toBe(10);
		expect(await number(earlier.figures, 'count(*)', 'submission')).toBe(10);
		const births = await earlier.births([]);
		expect(await number(births, 'count(*)', 'birth')).toBe(
			await number(earlier.figures, 'sum(births)', 'cube_birth')
		);
		earlier.release();
	});

	test('has births whose values add up to the counts', async () => {
		const file = await snapshot.births(['BVIKT', 'APGAR5', 'KON']);
		for (const variable of ['BVIKT', 'KON'])
			expect(await number(file, `count(${variable})`, 'birth')).toBe(
				await number(
					snapshot.figures,
					'sum(n_recorded + n_unknown)',
					`cube_item where variable = '${variable}'`
				)
			);
		expect(await number(file, 'count_if(counts_delivery)', 'birth')).toBe(
			await number(snapshot.figures, 'sum(deliveries)', 'cube_birth')
		);
		expect(await number(file, "count_if(list_contains(invalid, 'BVIKT'))", 'birth')).toBe(
			await number(snapshot.figures, 'sum(n_invalid)', "cube_item where variable = 'BVIKT'")
		);
	});

	test('has the columns of births that are asked for, in one file for all who ask', async () => {
		const first = await snapshot.births(['BVIKT']);
		const both = await snapshot.births(['bvikt', 'NAVPHA', 'no_such_column']);
		expect(await snapshot.births(['NAVPHA'])).toBe(both);
		expect(await snapshot.births(['BVIKT'])).toBe(first);
		const all = await snapshot.births('all');
		const columns = await asked(
			all,
			z.object({ name: z.string() }),
			`select name from pragma_table_info('birth')`
		);
		expect(columns.map(({ name }) => name)).toEqual([
			'unit',
			'birth_month',
			'received_month',
			'is_live_born',
			'counts_delivery',
			'invalid',
			...birthVariables(register.definition).map(({ id }) => id)
		]);
	});

	test('has the flags of the pages in both languages', async () => {
		const flags = await flagsOf(wholeNation, register, {
			...view,
			period: { from: '2026-01', to: '2026-09' }
		});
		const { rows } = await flagsTable(wholeNation, register, today);
		const now = rows.filter(({ state }) => state !== 'resolved');
		expect(now.length).toBeGreaterThan(0);
		expect(new Set(now.map(({ unit, flag }) => `${String(unit)} ${String(flag)}`))).toEqual(
			new Set(flags.map(({ unit, id }) => `${unit} ${id}`))
		);
		for (const { sentence_sv: sv, sentence_en: en } of rows) expect(sv).not.toBe(en);
	});

	test('is one for all who ask at once, and made anew when something comes in', async () => {
		const [one, two] = await Promise.all([snapshots.take('2026-03-01'), snapshots.take('2026-03-01')]);
		expect(one.figures).toBe(two.figures);
		expect(one.id).toBe(two.id);
		const [id = ''] = made.peopled;
		const unit = register.definition.unitById.get(id);
		if (!unit) throw new Error('The sample has no unit.');
		const before = await number(snapshot.figures, 'sum(births)', 'cube_birth');
		await handIn(register, 'REF;BFODDAT;KON\nnew-1;2026-05-01;1\n', {
			unit,
			receivedAt: today,
			fileName: 'new.csv'
		});
		const after = await snapshots.take(today);
		expect(after.id).not.toBe(snapshot.id);
		expect(after.entry).toBe(snapshot.entry + 1);
		expect(await number(after.figures, 'sum(births)', 'cube_birth')).toBe((before ?? 0) + 1);
		// the earlier one's births are those of its own moment, also when they are asked for only now
		expect(await number(await snapshot.births(['INKDAT']), 'count(*)', 'birth')).toBe(before);
		for (const each of [one, two, after]) each.release();
	});

	test('takes away what is no longer looked at, but nothing that is being read', async () => {
		const held = await snapshots.take('2026-04-01');
		const days = ['2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05'];
		for (const day of days) (await snapshots.take(day)).release();
		expect(existsSync(held.figures)).toBe(true);
		held.release();
		await expect.poll(() => existsSync(held.figures)).toBe(false);
		const files = await readdir(join(register.folder, 'snapshots'));
		expect(files.filter((name) => !name.endsWith('.duckdb'))).toEqual([]);
	});
});

describe('whose the births are', () => {
	const numbers = ['194608239986', '195704289999', '197004289895'];
	let made: Awaited<ReturnType<typeof emptyRegister>>;
	let snapshots: Snapshots;
	let files: string[];
	beforeAll(async () => {
		made = await emptyRegister('data/mfr', someVariables);
		await mkdir(join(made.folder, 'snapshots'));
		await writeFile(join(made.folder, 'snapshots', 'left-by-a-kill.duckdb.new'), numbers.join());
		const unit = made.register.definition.unitById.get('kalmar');
		if (!unit) throw new Error('The definition has no unit kalmar.');
		const rows = numbers.map(
			(person, at) =>
				`journal-${at};2026-01-0${at + 1};${person};${person};hemligt yrke ${person};3500;2026-01-0${at + 1} 10:15`
		);
		await handIn(made.register, ['REF;BFODDAT;MPNR;BPNR;YRKE;BVIKT;INKDAT', ...rows].join('\n'), {
			unit,
			fileName: 'hemlig-fil.csv'
		});
		snapshots = openSnapshots(made.register);
		const snapshot = await snapshots.take('2026-03-01');
		files = [snapshot.figures, await snapshot.births('all')];
	}, 60_000);
	afterAll(async () => {
		await snapshots.close();
		await made.remove();
	});

	test('is in no byte of a snapshot: no number, key, reference, free text, or name of a file or sender', async () => {
		const folder = join(made.folder, 'snapshots');
		expect(await number(files[1] ?? '', 'count(*)', 'birth')).toBe(numbers.length);
		expect(await filesWith(folder, numbers)).toEqual([]);
		expect(
			await filesWith(folder, ['birth_key', 'journal-', 'hemlig', 'Prov Person', 'prov@example'])
		).toEqual([]);
	});

	test('is in no column: identity numbers, references, texts and days are not among them', async () => {
		const column = z.object({ table: z.string(), name: z.string(), type: z.string() });
		const columns = (
			await Promise.all(
				files.map((file) =>
					asked(
						file,
						column,
						`select table_name as "table", column_name as name, data_type as type from duckdb_columns()
						where database_name = 'register' and not internal`
					)
				)
			)
		).flat();
		const births = columns.filter(({ table }) => table === 'birth');
		expect(births.map(({ name }) => name)).toContain('BVIKT');
		for (const name of [
			'birth_key',
			'reference',
			'birth_date',
			'MPNR',
			'BPNR',
			'YRKE',
			'BFODDAT',
			'MPNR kind'
		])
			expect(columns.map((each) => each.name)).not.toContain(name);
		expect(new Set(columns.map(({ type }) => type))).toEqual(
			new Set(['VARCHAR', 'DATE', 'INTEGER', 'DOUBLE', 'BOOLEAN', 'VARCHAR[]'])
		);
		expect(births.filter(({ type }) => type === 'DATE').map(({ name }) => name)).toEqual([
			'birth_month',
			'received_month'
		]);
		expect(await number(files[1] ?? '', 'max(INKDAT)', 'birth')).toBe(0);
		expect(await number(files[1] ?? '', "count_if(birth_month <> date '2026-01-01')", 'birth')).toBe(0);
	});

	test('is read by its own user only, and what a killed process left is gone', async () => {
		const folder = join(made.folder, 'snapshots');
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
		for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(await readdir(folder)).toHaveLength(files.length);
	});

	test('is nowhere left when the snapshots are closed', async () => {
		const other = openSnapshots({ ...made.register, folder: join(made.folder, 'other') });
		await other.take('2026-03-01');
		await other.close();
		expect(existsSync(join(made.folder, 'other', 'snapshots'))).toBe(false);
	});
});

test('another register has its own columns, and tables without rows where it knows nothing', async () => {
	const made = await emptyRegister('data/sinasc');
	const snapshots = openSnapshots(made.register);
	try {
		const snapshot = await snapshots.take('2020-01-01');
		expect(await number(snapshot.figures, 'count(*)', 'unit')).toBe(made.register.definition.units.length);
		expect(await number(snapshot.figures, 'count(*)', 'cube_birth')).toBe(0);
		const births = await snapshot.births('all');
		const columns = await asked(
			births,
			z.object({ name: z.string() }),
			`select name from pragma_table_info('birth')`
		);
		expect(columns.map(({ name }) => name)).toContain('APGAR5');
		expect(columns.map(({ name }) => name)).not.toContain('BVIKT');
	} finally {
		await snapshots.close();
		await made.remove();
	}
});
