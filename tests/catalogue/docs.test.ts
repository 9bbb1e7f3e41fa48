import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { conditionSql } from '#lib/catalogue/condition.ts';
import { readDefinition } from '#lib/catalogue/catalogue.ts';
import { profile } from '#lib/catalogue/profile.ts';
import { register } from '#lib/catalogue/register.ts';
import { referenceBirths, unit } from '#lib/catalogue/unit.ts';
import { variable } from '#lib/catalogue/variable.ts';
import { faultsOf } from './definition-files.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/register-definition.md'), 'utf8');
/** The example files of the page: blocks whose fence names a file. */
const examples = Object.fromEntries(
	[...page.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, path = '', written = '']) => [path, written])
);

test('the examples of docs/register-definition.md are one definition that is right', () => {
	const d = readDefinition(new Map(Object.entries(examples)));
	expect(d.register.id).toBe('home');
	expect(d.variables).toHaveLength(14);
	expect(d.units[0]?.active).toEqual([{ from: '2010-01-01', to: '2018-06-30' }, { from: '2019-09-01' }]);
	expect(d.references).toHaveLength(2);
	const diagnoses = d.byId.get('DIAGNOS1')?.applicableWhen;
	expect(diagnoses && conditionSql(diagnoses)).toBe(
		`(coalesce("OVERFLYTT" in ('1'), false) and (coalesce("VIKT" <= 2499, false) or ("VIKT" is null)))`
	);
});

test('docs/register-definition.md describes every key', () => {
	const keys = [register, variable, profile].flatMap((schema) =>
		Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {})
	);
	expect(keys.length).toBeGreaterThan(40);
	expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

test('the CSV examples have every column', () => {
	const header = (path: string) => examples[path]?.split('\n')[0]?.split(',');
	expect(header('units.csv')).toEqual(Object.keys(unit.shape));
	expect(header('reference-births.csv')).toEqual(Object.keys(referenceBirths.shape));
});

const mistakes: [file: string, was: string, becomes: string][] = [
	['catalogue/2-child.yaml', 'hardLimits: [100, 9000]', 'limits: [100, 9000]'],
	['catalogue/2-child.yaml', 'variable: DODFODD', 'variable: DODFOD'],
	['units.csv', '2012-03-01..', '2012..']
];

test.for(mistakes)(
	'the fault that the page shows for %s is the one that is given (%s)',
	([file, was, becomes]) => {
		const [fault] = faultsOf({ ...examples, [file]: (examples[file] ?? '').replace(was, becomes) });
		expect(page).toContain(`${fault?.file}:${fault?.line}:${fault?.column} ${fault?.message}\n`);
	}
);
