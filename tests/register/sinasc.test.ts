import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Receipt } from '#lib/submission/receipt.ts';
import { sharedFolder } from '../catalogue/definition-files.ts';
import { emptyRegister, handIn } from './empty-register.ts';

const folder = sharedFolder('sinasc');
const months = ['JAN', 'FEV', 'MAR', 'ABR', 'MAI', 'JUN', 'JUL', 'AGO', 'SET', 'OUT', 'NOV', 'DEZ'];

/** Twelve extracts, each holding the year so far, as one unit's submissions on the first of the month after. */
describe.skipIf(!folder)('SINASC 2019 (skipped where ../shared is absent)', () => {
	let opened: Awaited<ReturnType<typeof emptyRegister>>;
	const receipts: Receipt[] = [];
	const read = (month: string) => readFileSync(join(folder ?? '', `SINASC_RO_2019_${month}.csv`));
	const hand = (month: string, receivedAt: string) => {
		const unit = opened.register.definition.unitById.get('ro');
		if (!unit) throw new Error('data/sinasc has no unit ro.');
		const profile = opened.register.definition.profiles.get('sinasc');
		return handIn(opened.register, read(month), { unit, profile, receivedAt, fileName: `${month}.csv` });
	};
	beforeAll(async () => {
		opened = await emptyRegister('data/sinasc');
		for (const [index, month] of months.entries()) {
			const day = index < 11 ? `2019-${String(index + 2).padStart(2, '0')}-01` : '2020-01-01';
			receipts.push(await hand(month, day));
		}
	}, 120_000);
	afterAll(() => opened.remove());

	test('every row is accepted, and what an extract repeats is unchanged', () => {
		// Counted apart from the register: how often each line has been seen, and how often it stands here.
		const seen = new Map<string, number>();
		for (const [index, month] of months.entries()) {
			const here = new Map<string, number>();
			for (const line of read(month).toString().trimEnd().split(/\r?\n/).slice(1))
				here.set(line, (here.get(line) ?? 0) + 1);
			let [rows, repeated] = [0, 0];
			for (const [line, n] of here) {
				rows += n;
				repeated += Math.min(n, seen.get(line) ?? 0);
				seen.set(line, Math.max(n, seen.get(line) ?? 0));
			}
			const expected = {
				rows,
				accepted: rows,
				added: rows - repeated,
				unchanged: repeated,
				changed: 0,
				rejected: 0
			};
			expect(receipts[index], month).toMatchObject(expected);
		}
	});

	test('at the year’s end its figures are the published ones', async () => {
		const counted = z.object({ variable: z.string(), n: z.int(), blank: z.int(), wrong: z.int() });
		const found = await opened.register.db.rows(
			counted,
			`select variable, sum(n_applicable)::integer as n, sum(n_blank)::integer as blank, sum(n_invalid)::integer as wrong
			from cube_item where valid_to is null group by variable`
		);
		const of = (id: string) => found.find(({ variable }) => variable === id);
		expect(of('ESCMAE')).toMatchObject({ n: 27_028, blank: 312, wrong: 0 });
		expect(of('GESTACAO')).toMatchObject({ n: 27_028, blank: 1232, wrong: 0 });
		expect(of('GRAVIDEZ')).toMatchObject({ n: 27_028, blank: 79, wrong: 0 });
		expect(of('APGAR5')).toMatchObject({ n: 27_028, blank: 103, wrong: 0 });
		expect(of('SEXO')).toMatchObject({ n: 27_028, blank: 4, wrong: 0 });
		const births = await opened.register.db.rows(
			z.object({ births: z.int() }),
			'select sum(births)::integer as births from cube_birth where valid_to is null'
		);
		expect(births).toEqual([{ births: 27_028 }]);
	});

	test('an earlier day is answered by the extract that was there', async () => {
		const births = await opened.register.db.rows(
			z.object({ births: z.int() }),
			`select sum(births)::integer as births from cube_birth
			where valid_from <= '2019-07-15' and (valid_to is null or valid_to > '2019-07-15')`
		);
		expect(births).toEqual([{ births: receipts[5]?.rows }]);
	});

	test('December once more gives its first receipt', async () => {
		expect(await hand('DEZ', '2020-03-01')).toEqual(receipts[11]);
	});
});
