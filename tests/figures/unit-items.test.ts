import { afterAll, expect, test } from 'vitest';
import { nothing } from '#lib/measures/counts.ts';
import { earlierPeriod, parsePeriod, type Period } from '#lib/period/period.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { countsByVariable } from '#lib/server/figures/cells.ts';
import { countsOver, unitItems } from '#lib/server/figures/unit-items.ts';

const db = await openDatabase();
afterAll(() => db.close());
await db.alone((writer) =>
	writer.run(`create table cube_item as
		select unit, month::date as birth_month, valid_from, valid_to, variable,
			(n + month(month))::integer as n_applicable, n::integer as n_recorded, 1::integer as n_unknown,
			(month(month) - 1)::integer as n_blank, 0::integer as n_invalid, 0::integer as n_implausible
		from generate_series(date '2022-01-01', date '2026-12-01', interval 1 month) t(month),
			(values ('APGAR5', 10), ('ROK2', 20)) v(variable, n), (values ('gavle'), ('danderyd')) u(unit),
			(values (date '2020-01-01', date '2026-07-01'), (date '2026-07-01', null)) s(valid_from, valid_to)`)
);
const all: Period = { from: '2022-01', to: '2026-12' };

test.for(['2026-01..2026-09', '2026-Q1', '2026-03', '2026', '2025-07..2026-06', '2023-01..2026-06'])(
	'the months of a unit add up to what its period has, and the year before it: %s',
	async (text) => {
		const period = parsePeriod(text) ?? all;
		const q = { unit: 'gavle', asOf: '2026-12-31' };
		const items = await unitItems(db, { ...q, period: all });
		for (const each of [period, earlierPeriod(period, 1)]) {
			const asked = await countsByVariable(db, { ...q, period: each });
			expect([...asked.keys()].toSorted()).toEqual(['APGAR5', 'ROK2']);
			for (const [variable, counts] of asked) expect(countsOver(items.get(variable), each)).toEqual(counts);
		}
	}
);

test('months stand in time order, each once, as they stood on the day', async () => {
	const items = await unitItems(db, { unit: 'gavle', asOf: '2026-06-30', period: all });
	const months = items.get('ROK2')?.map(({ month }) => month) ?? [];
	expect(months).toHaveLength(60);
	expect(months).toEqual(months.toSorted());
});

test('a variable or unit that is not there has no counts', async () => {
	const items = await unitItems(db, { unit: 'atlantis', asOf: '2026-12-31', period: all });
	expect(countsOver(items.get('ROK2'), all)).toEqual(nothing);
});
