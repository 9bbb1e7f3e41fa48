import { beforeAll, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { layoutOf } from '#lib/submission/layout.ts';

let d: Definition;
beforeAll(async () => {
	d = await loadDefinition('data/mfr');
});
const profile = (more: Partial<Profile>): Profile => ({
	id: 'other',
	label: { sv: 'Annat', en: 'Other' },
	columns: { Nr: 'REF', Född: { variable: 'BFODDAT', dateForm: '%d %m %Y' }, Vikt: 'BVIKT' },
	ignored: [],
	constants: {},
	...more
});

test('the reference and every variable have a place; the rest is told', () => {
	const { columns, reference, ignored, refusals } = layoutOf(['x', ' bvikt', 'Ref', 'BFODDAT'], d);
	expect([...columns]).toEqual([
		['BVIKT', { positions: [1] }],
		['BFODDAT', { positions: [3] }]
	]);
	expect([reference, ignored, refusals]).toEqual([2, ['x'], []]);
});

test('repeated codes are one variable at several places, and only as many as the catalogue knows', () => {
	const { columns, ignored } = layoutOf(['REF', 'MDIAG1', 'MDIAG2', 'MDIAG12', 'MDIAG13'], d);
	expect(columns.get('MDIAG1')?.positions).toEqual([1, 2, 3]);
	expect(ignored).toEqual(['MDIAG13']);
});

test('a derived variable is not read from a file', () => {
	expect(layoutOf(['REF', 'BVIKT', 'GRDBS'], d).ignored).toEqual(['GRDBS']);
});

test('a profile renames columns, adds constants, and knows what it passes over', () => {
	const found = layoutOf(['NR', 'född', 'Vikt', 'Utskriven av', 'BVIKT'], d, {
		...profile({ ignored: ['utskriven av'], constants: { MIDTYP: '1' } })
	});
	expect(found.columns.get('BFODDAT')).toEqual({ positions: [1], dateForm: '%d %m %Y' });
	expect(found.constants.get('MIDTYP')).toBe('1');
	expect(found.ignored).toEqual(['BVIKT']);
	expect(found.refusals).toEqual([]);
});

test('a profile that knows rows by some columns needs them all', () => {
	const keyed = profile({ rowKey: { columns: ['Nr', 'Löpnr'], occurrence: false } });
	expect(layoutOf(['Nr', 'Född'], d, keyed).refusals).toEqual([{ rule: 'missingColumns', column: 'Löpnr' }]);
});

test('columns without a name are told once, with the first of them', () => {
	expect(layoutOf(['REF', '', 'BVIKT', ' '], d).refusals).toEqual([
		{ rule: 'unnamedColumn', column: '2', count: 2 }
	]);
});
