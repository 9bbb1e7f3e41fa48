import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/db/database.ts';
import { countsBesideYearBefore, countsByVariable } from '#lib/server/figures/cells.ts';
import { earlierPeriod, parsePeriod } from '#lib/period/period.ts';

const db = await openDatabase();
afterAll(() => db.close());
await db.alone((writer) =>
	writer.run(`create table cube_item as
		select 'gavle' as unit, month::date as birth_month, date '2020-01-01' as valid_from, null::date as valid_to,
			variable, n::integer as n_applicable, (n - 1)::integer as n_recorded, 0::integer as n_unknown,
			1::integer as n_blank, 0::integer as n_invalid, 0::integer as n_implausible
		from generate_series(date '2022-01-01', date '2026-12-01', interval 1 month) t(month),
			(values ('APGAR5', 10), ('ROK2', 20)) v(variable, n)`)
);

test.for([
	'2026-01..2026-09',
	'2026-Q1',
	'2026-03',
	'2026',
	'2025-07..2026-06',
	'2024..',
	'2024-01..2026-06'
])('the year before a period is counted apart from it: %s', async (text) => {
	const period = parsePeriod(text) ?? { from: '2024-01', to: '2025-12' };
	const q = { unit: 'gavle', asOf: '2026-12-31', period };
	const found = await countsBesideYearBefore(db, q);
	expect(found.now).toEqual(await countsByVariable(db, q));
	expect(found.before).toEqual(await countsByVariable(db, { ...q, period: earlierPeriod(period, 1) }));
	expect(found.now.size).toBe(2);
});
