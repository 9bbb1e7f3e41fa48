import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { birthsOf } from '#lib/server/figures/births.ts';
import { countsByVariable } from '#lib/server/figures/cells.ts';
import { flagsOf } from '#lib/server/figures/flags.ts';
import { timeliness } from '#lib/server/figures/timeliness.ts';
import {
	NotYourDesk,
	openDesk,
	type Desk,
	type DeskQuestion,
	type DeskRun
} from '#lib/server/notebook/desk.ts';
import type { Register } from '#lib/server/register/open.ts';
import { peopledRegister, stoppedPlace, today, view } from '../figures/peopled-register.ts';
import { handIn } from '../register/empty-register.ts';
import { header, rowsOf, runAt, sql, words } from './desk-runs.ts';

let made: Awaited<ReturnType<typeof peopledRegister>>;
let register: Register;
let desk: Desk;
beforeAll(async () => {
	made = await peopledRegister();
	({ register } = made);
	desk = openDesk(register, {
		program: '9.9',
		rounds: () => [
			{
				round: '2026-03',
				periodFrom: '2025-01',
				periodTo: '2025-12',
				cutOff: '2026-02-15',
				state: 'released'
			}
		]
	});
}, 60_000);
afterAll(async () => {
	await desk.close();
	await made.remove();
});

const run = (text: string, more: Partial<DeskQuestion> = {}) => runAt(desk, text, more);

describe('what a notebook of the register tells', () => {
	test('is what the dashboards tell: births, completeness by variable, timeliness', async () => {
		const found = await run(
			header() +
				sql('births', 'select sum(births) as n from cube_birth where year(birth_month) = 2025') +
				sql(
					'items',
					`select variable, sum(n_applicable) as n, sum(n_known) as known from cube_item
					where year(birth_month) = 2025 group by variable order by variable`
				) +
				sql(
					'timely',
					'select sum(on_time) as on_time, sum(births) as n from cube_birth where is_due and year(birth_month) = 2025'
				)
		);
		expect(found.faults).toEqual([]);
		const { nation } = await birthsOf(wholeNation, register, view);
		expect(rowsOf(found, 'births')).toEqual([{ n: nation?.births }]);
		const counts = await countsByVariable(register.db, { period: view.period, asOf: today });
		const items = rowsOf(found, 'items');
		expect(items).toHaveLength(counts.size);
		for (const { variable, n, known } of items) {
			const of = counts.get(String(variable));
			const unknown = register.definition.byId.get(String(variable))?.unknownCounts ? (of?.nUnknown ?? 0) : 0;
			expect([n, known]).toEqual([of?.nApplicable, (of?.nRecorded ?? 0) + unknown]);
		}
		const told = await timeliness(wholeNation, register, { period: view.period, asOf: today });
		expect(rowsOf(found, 'timely')).toEqual([
			{ on_time: told?.figure.numerator, n: told?.figure.denominator }
		]);
	});

	test('knows the register, its day and entry, the rounds, and the flags in the reader’s language', async () => {
		const [flag] = await flagsOf(wholeNation, register, {
			...view,
			period: { from: '2026-01', to: '2026-09' }
		});
		expect(flag).toBeDefined();
		const text = `${header()}
{register.name | text}, {register.as_of | day}, {register.entry | count}, {register.program | text}

{first.sentence | text}

{round.cut_off | day}
${sql('first', `select sentence_sv, sentence_en from flag where unit = '${flag?.unit}' and flag = '${flag?.id}'`)}`;
		const sv = await run(text);
		expect(sv.faults).toEqual([]);
		expect(words(sv)[0]).toBe(`Medicinska födelseregistret, 23 november 2026, ${made.peopled.length}, 9.9`);
		const en = await run(text, { locale: 'en' });
		expect(words(en)[0]).toContain('Medical Birth Register');
		expect(words(en)[1]).not.toBe(words(sv)[1]);
		expect(words(en)[2]).toContain('15');
		expect(en.entry).toBe(made.peopled.length);
		expect(en.asOf).toBe(today);
	});

	test('may be of an earlier day, by the parameter as_of', async () => {
		const text = `${header('parameters:\n  as_of: { type: day, label: Dag, default: today }\n')}${sql('n', 'select count(distinct unit) as n from cube_birth')}`;
		expect(rowsOf(await run(text), 'n')).toEqual([{ n: made.peopled.length }]);
		const earlier = await run(text, { parameters: { as_of: '2026-02-10' } });
		expect(rowsOf(earlier, 'n')).toEqual([{ n: 10 }]);
		expect(earlier.asOf).toBe('2026-02-10');
		const ahead = await run(text, { parameters: { as_of: '2027-01-01' } });
		expect(ahead.asOf).toBe(today);
	});

	test('asks the births themselves, with the columns that it names and with all', async () => {
		const found = await run(
			header() +
				sql('named', 'select count(BVIKT) as n from birth where year(birth_month) = 2025') +
				sql('whole', 'select * from birth limit 3')
		);
		expect(found.faults).toEqual([]);
		const counts = await countsByVariable(register.db, {
			period: view.period,
			asOf: today,
			variable: 'BVIKT'
		});
		expect(rowsOf(found, 'named')).toEqual([{ n: counts.get('BVIKT')?.nRecorded }]);
		expect(found.tables.get('whole')?.columns.map(({ name }) => name)).toContain('NAVPHA');
	});

	test('shows a table of the snapshot without SQL', async () => {
		const found = await run(`${header()}
::: each form
{form.label | text}
:::
`);
		expect(found.faults).toEqual([]);
		expect(words(found)).toEqual(register.definition.register.forms.map(({ label }) => label.sv));
	});

	test('is without the table of parameters where none are declared', async () => {
		const found = await run(header() + sql('x', 'select * from parameter'));
		expect(found.faults.map(({ message }) => message)).toEqual([
			expect.stringContaining('there is no table parameter')
		]);
	});

	test('has been asked of by nobody who may not see the whole nation', async () => {
		const question = {
			name: 'prov',
			text: header(),
			parameters: {},
			locale: 'sv',
			today,
			read: () => Promise.resolve(undefined)
		} as const;
		await expect(desk.run(scopeOfUnits(made.peopled), question)).rejects.toThrow(NotYourDesk);
	});
});

describe('a change', () => {
	const parameters = `parameters:
  unit: { type: unit, label: Enhet, default: '' }
  variable: { type: variable, label: Variabel, default: BVIKT }
`;
	const text = (limit = 10) =>
		header(parameters) +
		sql('base', `select unit, birth_month, births from cube_birth where births > ${limit}`) +
		sql('own', 'select sum(births) as n from base where unit = (select unit from parameter)') +
		sql('years', 'select year(birth_month) as y, sum(births) as n from base group by all order by y') +
		sql(
			'item',
			'select sum(n_known) as n from cube_item, parameter where cube_item.variable = parameter.variable'
		) +
		sql('alone', 'select count(*) as n from unit');
	const names = ['alone', 'base', 'item', 'own', 'years'];
	const unit = () => made.peopled[3] ?? '';

	test('of nothing runs nothing again, nor does another language', async () => {
		expect((await run(text(), { every: true })).told.toSorted()).toEqual(names);
		const again = await run(text(), { every: true });
		expect(again.told).toEqual([]);
		expect(new Set(again.steps.map(({ state }) => state))).toEqual(new Set(['kept']));
		expect((await run(text(), { every: true, locale: 'en' })).told).toEqual([]);
	});

	test('of a parameter runs what names it, and no more', async () => {
		await run(text(), { every: true });
		const changed = await run(text(), { every: true, parameters: { unit: unit() } });
		expect(changed.told).toEqual(['own']);
		expect(rowsOf(changed, 'own')).not.toEqual([{ n: null }]);
		const other = await run(text(), { every: true, parameters: { unit: unit(), variable: 'KON' } });
		expect(other.told).toEqual(['item']);
	});

	test('of an SQL text runs what depends on it, and no more', async () => {
		await run(text(), { every: true });
		const changed = await run(text(20), { every: true });
		expect(changed.told.toSorted()).toEqual(['base', 'own', 'years']);
		expect(changed.steps.find(({ name }) => name === 'item')?.state).toBe('kept');
	});

	test('of a chart, a heading or a name runs nothing', async () => {
		await run(text(), { every: true });
		expect((await run(`${text()}\n## Rubrik\n\n{own.n | count}`, { every: true })).told).toEqual([]);
	});

	test('of the register runs all again, over a new snapshot', async () => {
		const before = await run(text(), { every: true });
		const own = register.definition.unitById.get(unit());
		if (!own) throw new Error('The sample has no such unit.');
		await handIn(register, 'REF;BFODDAT;KON\nadded-1;2025-05-01;1\n', {
			unit: own,
			receivedAt: today,
			fileName: 'new.csv'
		});
		const after = await run(text(), { every: true });
		expect(after.told.toSorted()).toEqual(names);
		expect(after.entry).toBe(before.entry + 1);
		const sum = (found: DeskRun) => rowsOf(found, 'years').reduce((n, row) => n + Number(row.n), 0);
		expect(sum(after)).toBe(sum(before) + 1);
	});
});

test('a stopped variable is found by SQL as the pages find it', async () => {
	const unit = made.peopled[stoppedPlace] ?? '';
	const found = await run(
		header() +
			sql(
				'share',
				`select sum(n_known) / sum(n_applicable) as share from cube_item
				where unit = '${unit}' and variable = 'APGAR5' and birth_month >= date '2025-06-01'`
			)
	);
	expect(rowsOf(found, 'share')).toEqual([{ share: 0 }]);
});
