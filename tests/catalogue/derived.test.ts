import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readDefinition, reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { identifier, sqlType } from '#lib/catalogue/sql.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { definitionFiles } from './definition-files.ts';

const mfr = readDefinition(definitionFiles('mfr'));
const sinasc = readDefinition(definitionFiles('sinasc'));
const db = await openDatabase();
afterAll(() => db.close());

/** The derived values of a birth of 4 March 2026, received on 18 March, with these reported values. */
async function derived(d: Definition, values: Record<string, string>) {
	const columns = reported(d).map((v) => {
		const value = values[v.id];
		return `${value === undefined ? 'null' : `'${value}'`}::${sqlType(v)} as ${identifier(v.id)}`;
	});
	const sql = d.variables
		.filter((v) => v.derived !== undefined)
		.reduce(
			(inner, v) => `select *, (${v.derived}) as ${identifier(v.id)} from (${inner})`,
			`select date '2026-03-04' as birth_date, date '2026-03-18' as first_received, true as live_born, ${columns.join(', ')}`
		);
	const [row] = await db.rows(
		z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
		sql
	);
	return row ?? {};
}

test('days to receipt are counted from birth to first receipt, in both registers', async () => {
	expect(await derived(mfr, {})).toMatchObject({ DAGAR: 14 });
	expect(await derived(sinasc, {})).toMatchObject({ DAGAR: 14 });
});

const gestations: [title: string, values: Record<string, string>, days: number | null][] = [
	['weeks and days of the delivery ward', { GRVFV: '39', GRDFV: '4', BPUL: '2026-03-04' }, 277],
	['weeks alone where the days are blank', { GRVFV: '39' }, 273],
	['ultrasound where the weeks are blank', { BPUL: '2026-03-11', SISTMENS: '2025-01-01' }, 273],
	['the last period where there is nothing else', { SISTMENS: '2025-05-28' }, 280],
	['ultrasound where the weeks are outside 154–321 days', { GRVFV: '18', BPUL: '2026-03-04' }, 280],
	['nothing where no source is within 154–321 days', { SISTMENS: '2024-05-28' }, null],
	['nothing where there is no source', {}, null]
];

test.for(gestations)('gestation in days is from %s', async ([, values, days]) => {
	expect(await derived(mfr, values)).toMatchObject({ GRDBS: days });
});

const groups: [id: string, values: Record<string, string>, code: string | null][] = [
	['FLSTART', { FLSPONT: '1' }, '1'],
	['FLSTART', { FLSPONT: '1', FLINDUKT: '1' }, '2'],
	['FLSTART', { SECFORE: '1' }, '3'],
	['FLSTART', { SECAVSL: '1' }, null],
	['FLAVSL', { VAGINAL: '1' }, '1'],
	['FLAVSL', { VAGINAL: '1', SUGKLOCK: '1' }, '2'],
	['FLAVSL', { TANG: '1' }, '3'],
	['FLAVSL', { SECAVSL: '1' }, '4'],
	['FLAVSL', {}, null],
	['SMLIND', { LUSTGAS: '1', SMINGEN: '1' }, '1'],
	['SMLIND', { SMINGEN: '1' }, '0'],
	['SMLIND', { EPIBL: '0' }, null],
	['SECMARK', { ELEKAKUT: '2' }, '1'],
	['SECMARK', { SECFORE: '1' }, '1'],
	['SECMARK', { SECAVSL: '1' }, '1'],
	['SECMARK', { VAGINAL: '1' }, null],
	['SUGMARK', { SUGKLOCK: '1' }, '1'],
	['TANGMARK', { SUGKLOCK: '1' }, null]
];

test.for(groups)('%s of %j is %s', async ([id, values, code]) => {
	expect(await derived(mfr, values)).toMatchObject({ [id]: code });
});
