import { join } from 'node:path';
import type { Table } from '#lib/notebook/table.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import type { SnapshotFiles } from '#lib/server/notebook/sandbox.ts';

const figures = `
create table unit as
	select * from (values
		('11001', 'BB Norr', 'Norrbotten', date '1990-01-01', null::date, 'open'),
		('11002', 'BB Söder & Öster', 'Skåne', date '1990-01-01', null, 'open'),
		('11003', 'BB Väst', 'Halland', date '2001-05-01', date '2020-03-31', 'closed')
	) t(unit, name, region, opened, closed, status);
create table variable as
	select * from (values
		('bw', 'newborn', 'Födelsevikt', 'Birth weight', 1, 'number', 0.99, 'value', true),
		('smoking', 'antenatal', 'Rökning', 'Smoking', 2, 'code', 0.95, 'value', false)
	) t(variable, form, label_sv, label_en, level, type, target, completeness, unknown_counts);
create table cube_birth as
	select unit, month::date as birth_month, 80 + 7 * extract(month from month) + unit::integer % 10 as births,
		79 + 7 * extract(month from month) as deliveries, 70 as on_time, month < timestamp '2026-08-01' as is_due
	from unit, generate_series(timestamp '2024-01-01', timestamp '2026-09-01', interval 1 month) t(month);
create table cube_item as
	select unit, birth_month, variable, births as n_applicable,
		births - (extract(month from birth_month) + level) % 9 as n_recorded,
		births - (extract(month from birth_month) + level) % 9 - level % 2 as n_known, level % 2 as n_unknown
	from cube_birth, variable;
create table receipt_day as
	select unit, birth_month, days::integer as days, (30 - days)::integer as n
	from cube_birth, range(5, 30) t(days);
create table population as
	select year::integer as year, 100000 + 500 * year as live_births from range(2015, 2026) t(year);
`;

const births = `
create table birth as
	select ['11001', '11002', '11003'][1 + i % 3] as unit, date '2026-01-01' + interval (i % 9) month as birth_month,
		(2200 + (i * 37) % 2400)::double as bw, (37 + i % 5)::integer as gestation_weeks,
		['yes', 'no', null][1 + i % 3] as smoking, i % 11 = 0 as is_transferred
	from range(3000) t(i);
`;

/** A small snapshot as the desk makes them, in two files in a folder. */
export async function sampleSnapshot(folder: string): Promise<SnapshotFiles> {
	const files = { figures: join(folder, 'figures.duckdb'), births: join(folder, 'births.duckdb') };
	await make(files.figures, figures);
	await make(files.births, births);
	return files;
}

async function make(path: string, sql: string) {
	const db = await openDatabase(path);
	for (const statement of sql.split(/;\n/).filter((each) => each.trim()))
		await db.alone((writer) => writer.run(statement));
	await db.alone((writer) => writer.run('checkpoint'));
	db.close();
}

/** What a notebook's parameters are, as a table. */
export const parameter: Table = {
	columns: { unit: 'text', period_from: 'day', period_to: 'day', share: 'number', years: 'integer' },
	rows: [{ unit: '11001', period_from: '2026-01-01', period_to: '2026-06-01', share: 0.95, years: 3 }]
};
