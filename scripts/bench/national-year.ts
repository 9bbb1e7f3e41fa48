import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { reported } from '#lib/catalogue/catalogue.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { handInFile, nationalYear } from './files.ts';
import { median, ms, timed, times, type Line } from './table.ts';

const births = 115_000;
const runs = 3;

/** (a) One national year through receive, against DuckDB's plain typed read_csv into a table on disk. */
export async function nationalYearLines(d: Definition, folder: string): Promise<Line[]> {
	const csv = join(folder, 'national.csv');
	await nationalYear(d, 2025, births, csv);
	const unit = d.units[0];
	if (!unit) throw new Error('The definition has no units.');
	const plain: number[] = [];
	const received: number[] = [];
	// In turns, so that whatever else the machine does meets both.
	for (let run = 0; run < runs; run++) {
		const file = join(folder, `plain-${run}.duckdb`);
		plain.push(await plainRead(d, csv, file));
		const data = join(folder, `year-${run}`);
		const register = await openRegister(data, d);
		received.push(
			await timed(async () => {
				const receipt = await handInFile(register, csv, unit, '2026-02-01 12:00:00');
				if (receipt.rows !== births || receipt.added < 0.99 * births)
					throw new Error(`The national year came in wrong: ${JSON.stringify(receipt)}`);
			})
		);
		register.db.close();
		await rm(file);
		await rm(data, { recursive: true });
	}
	const ratio = median(received) / median(plain);
	return [
		{
			what: `plain typed read_csv of ${births} births × 107 variables into a table`,
			value: ms(median(plain))
		},
		{
			what: 'the same through receive (stored, hashed, judged, merged, counted)',
			value: ms(median(received))
		},
		{ what: 'receive / plain', value: times(ratio), goal: '≤ 2 ×, aim 1.5 ×', met: ratio <= 2 }
	];
}

const types: Record<string, string> = {
	integer: 'integer',
	decimal: 'double',
	date: 'date',
	datetime: 'timestamp'
};

async function plainRead(d: Definition, csv: string, file: string): Promise<number> {
	const instance = await DuckDBInstance.create(file);
	const connection = await instance.connect();
	const columns = ['REF: varchar', ...reported(d).map((v) => `${v.id}: ${types[v.type] ?? 'varchar'}`)]
		.map((column) => `'${column.replace(': ', "': '")}'`)
		.join(', ');
	const duration = await timed(() =>
		connection.run(
			`create table birth as select * from read_csv('${csv}', columns = {${columns}}, delim = ';', header = true,
				auto_detect = false, timestampformat = '%Y-%m-%d %H:%M')`
		)
	);
	connection.closeSync();
	instance.closeSync();
	return duration;
}
