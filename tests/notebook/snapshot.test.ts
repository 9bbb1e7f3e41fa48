import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wholeNation } from '#lib/access/scope.ts';
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
import { emptyRegister, handIn } from '../register/empty-register.ts';
import { asked, number } from './snapshot-asked.ts';

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
		expect(await snapshot.births(['BVIKT'])).toBe(both);
		expect(both).not.toBe(first);
		expect(snapshot.lastBirths()).toBe(both);
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
