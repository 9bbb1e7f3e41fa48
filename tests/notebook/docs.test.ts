import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { chartKinds } from '#lib/charts/kinds.ts';
import { pictures, roles, totalKinds, writtenChart, writtenTable } from '#lib/notebook/block.ts';
import { fences } from '#lib/notebook/fenced.ts';
import { formats } from '#lib/notebook/formats.ts';
import { parameterTypes, sources, writtenHeader } from '#lib/notebook/header.ts';
import { markNames } from '#lib/notebook/plot-schema.ts';
import type { Table } from '#lib/notebook/table.ts';
import { clinicTables } from '#lib/server/feedback/clinic-tables.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { unitTables } from '#lib/server/feedback/unit-tables.ts';
import { clinicRegister, clinicView } from '../figures/clinic-register.ts';
import { emptyRegister } from '../register/empty-register.ts';

const page = readFileSync('docs/notebooks.md', 'utf8');
const named = new Set(
	[...page.matchAll(/`(?:::: )?([a-zA-Z][a-zA-Z0-9_-]*)[^`]*`/g)].map(([, name]) => name)
);

let made: Awaited<ReturnType<typeof emptyRegister>>;
let tables: Record<string, Table> | undefined;
/** The tables of each source, under the heading of the page that describes them. */
const described: Record<string, Record<string, Table>> = {};
beforeAll(async () => {
	made = await emptyRegister();
	const view = {
		period: { from: '2026-01', to: '2026-03' },
		asOf: '2026-06-01',
		years: 3,
		basis: 'sameDay'
	} as const;
	tables = await unitTables(wholeNation, made.register, { unit: 'danderyd', view, locale: 'sv' });
	described['## The tables of a unit'] = tables ?? {};
	described['## The tables of the nation'] =
		(await nationTables(wholeNation, made.register, { view, locale: 'sv' })) ?? {};
	const clinics = await clinicRegister();
	described['## The tables of an antenatal clinic'] =
		(await clinicTables(wholeNation, clinics.register, { clinic: 'A-7', view: clinicView, locale: 'sv' })) ??
		{};
	await clinics.remove();
}, 60_000);
afterAll(() => made.remove());

test('the page on notebooks names every format, chart, mark, section, block, type, picture and total', () => {
	const words = [
		...Object.keys(formats),
		...Object.keys(chartKinds),
		...markNames,
		...roles,
		...parameterTypes,
		...sources,
		...pictures,
		...totalKinds,
		...Object.keys(writtenHeader.shape),
		...Object.keys(writtenTable.shape),
		...Object.keys(writtenChart.shape)
	];
	for (const name of words) expect(named, name).toContain(name);
	for (const name of fences) expect(page, name).toContain(`\`\`\`${name} `);
});

test.for(['unit', 'antenatal clinic', 'nation'])(
	'the page on notebooks names every table of a source, and no column that there is not: %s',
	(source) => {
		const heading = Object.keys(described).find((each) => each.endsWith(source)) ?? '';
		const own = described[heading] ?? {};
		const [section = ''] = page.slice(page.indexOf(heading) + 3).split('\n## ');
		const inSection = new Set([...section.matchAll(/`(\w+)`/g)].map(([, name]) => name));
		expect(Object.keys(own).length).toBeGreaterThan(5);
		expect(Object.keys(own).filter((name) => !inSection.has(name))).toEqual([]);
		const rows = section.matchAll(/^\| (`.*?) \|.*?\| (.*) \|$/gm);
		for (const [, about = '', columns = ''] of rows) {
			const known = new Set(
				[...about.matchAll(/`(\w+)`/g)].flatMap(([, name]) => Object.keys(own[name ?? '']?.columns ?? {}))
			);
			for (const [, column] of columns.matchAll(/`(\w+)`/g))
				expect(known, `${about}: ${column}`).toContain(column);
		}
	}
);

test('an empty register has tables too, with every row in its columns', () => {
	for (const [name, { columns, rows }] of Object.entries(tables ?? {}))
		for (const row of rows) expect(Object.keys(row).sort(), name).toEqual(Object.keys(columns).sort());
});

test('a unit outside the scope has no tables', async () => {
	const view = {
		period: { from: '2026-01', to: '2026-03' },
		asOf: '2026-06-01',
		years: 3,
		basis: 'sameDay'
	} as const;
	const scope = scopeOfUnits(['danderyd']);
	expect(await unitTables(scope, made.register, { unit: 'huddinge', view, locale: 'sv' })).toBeUndefined();
	expect(
		await unitTables(wholeNation, made.register, { unit: 'atlantis', view, locale: 'sv' })
	).toBeUndefined();
});
