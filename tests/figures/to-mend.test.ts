import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import { birthsToMend, birthsWithoutForm, type MendList } from '#lib/server/figures/to-mend.ts';
import { countsByVariable } from '#lib/server/figures/cells.ts';
import { formsMissing } from '#lib/server/figures/forms.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
let register: Register;
const unit = 'lycksele';
const period = { from: '2025-06', to: '2025-07' };
const today = '2026-11-23';
const own: Scope = scopeOfUnits([unit]);

// official test numbers of the tax agency
const [mother, twin] = ['189001019802', '189001029819'];

beforeAll(async () => {
	made = await emptyRegister('data/mfr');
	register = made.register;
	const from = (id: string) => register.definition.unitById.get(id) ?? expect.fail(id);
	const rows = [
		'REF;MPNR;BORDNRF2;BFODDAT;KON;BVIKT;HOMF;ROK1',
		`A;${mother};1;2025-06-01;1;3450;35;0`,
		`B;${mother};2;2025-06-01;2;2700;;9`,
		`C;${twin};1;2025-06-30;1;45;33;`,
		`D;;1;2025-07-31;7;900;ca 35;1`,
		`;${twin};1;2025-07-02;1;;35;1`,
		`E;;1;2025-08-01;1;;35;1`
	];
	await handIn(register, `${rows.join('\n')}\n`, { unit: from(unit) });
	await handIn(register, `${rows[0]}\nX;;1;2025-06-05;1;;;\n`, { unit: from('danderyd') });
	await handIn(register, 'REF;BVIKT\nB;2710\nD;950\n', { unit: from(unit), receivedAt: '2026-03-01' });
	await handIn(register, 'REF;HOMF\nB;34\n', { unit: from(unit), receivedAt: '2026-04-01' });
});
afterAll(() => made.remove());

const ask = (variable: string, more: object = {}, scope: Scope = wholeNation) =>
	birthsToMend(scope, register, { unit, variable, period, asOf: today, sort: 'date', ...more });
const told = (list: MendList | undefined) =>
	list?.rows.map(({ reference, fault, written }) => [reference, fault, written]);

test('births are listed by reference, day and row, with what is wrong and what stands there', async () => {
	const list = await ask('BVIKT');
	expect(list?.rows).toEqual([
		{
			reference: 'C',
			birthDate: '2025-06-30',
			submission: 1,
			row: 4,
			fault: 'invalid',
			written: '45',
			cells: ['45']
		},
		{
			reference: null,
			birthDate: '2025-07-02',
			submission: 1,
			row: 6,
			fault: 'blank',
			written: null,
			cells: [null]
		}
	]);
	expect(list?.faults).toEqual([
		{ fault: 'invalid', births: 1, withReference: 1 },
		{ fault: 'blank', births: 1, withReference: 0 }
	]);
});

test('what is listed is what the figures count', async () => {
	const counts = await countsByVariable(register.db, { unit, period, asOf: today });
	for (const v of register.definition.variables.filter((each) => each.completeness === 'value')) {
		const n = counts.get(v.id);
		const list = await ask(v.id);
		const by = (fault: string) => list?.faults.find((each) => each.fault === fault)?.births ?? 0;
		const found = { nInvalid: by('invalid'), nBlank: by('blank'), nUnknown: by('unknown') };
		expect([v.id, found]).toEqual([
			v.id,
			{ nInvalid: n?.nInvalid, nBlank: n?.nBlank, nUnknown: v.unknownCounts ? 0 : n?.nUnknown }
		]);
		expect(by('implausible'), v.id).toBe(n?.nImplausible);
	}
}, 60_000);

test('an invalid text is still told when other columns have been supplemented since', async () => {
	expect(told(await ask('HOMF'))).toEqual([['D', 'invalid', 'ca 35']]);
	expect(told(await ask('KON'))).toEqual([['D', 'invalid', '7']]);
});

test('an earlier day sees the births as they stood then', async () => {
	expect(told(await ask('HOMF', { asOf: '2026-03-31' }))).toEqual([
		['B', 'blank', null],
		['D', 'invalid', 'ca 35']
	]);
	expect(await ask('HOMF', { asOf: '2026-01-31' })).toMatchObject({ rows: [], total: 0 });
});

test('the list is narrowed to a fault, sorted and paged', async () => {
	expect(told(await ask('BVIKT', { fault: 'blank' }))).toEqual([[null, 'blank', null]]);
	expect(await ask('BVIKT', { fault: 'blank' })).toMatchObject({ total: 1, faults: [{}, {}] });
	const second = await ask('BVIKT', { sort: 'reference', limit: 1, offset: 1 });
	expect([told(second), second?.total]).toEqual([[[null, 'blank', null]], 2]);
});

test('a derived variable is filled in where it comes from', async () => {
	const list = await ask('GRDBS');
	expect(list?.columns.map(({ id }) => id)).toEqual(['SISTMENS', 'BPUL', 'GRVFV', 'GRDFV']);
	expect(list?.rows.every(({ fault, cells }) => fault === 'blank' && cells.length === 4)).toBe(true);
	expect((await ask('DAGAR'))?.columns).toEqual([]);
});

test('an empty tick box is no fault', async () => {
	expect(await ask('SECFORE')).toMatchObject({ rows: [], total: 0, columns: [{ id: 'SECFORE' }] });
});

test('births without a form are those that the figures count, with its columns to fill in', async () => {
	const figures = await formsMissing(wholeNation, register, { units: [unit], period, asOf: today });
	for (const { form, figure } of figures ?? []) {
		const list = await birthsWithoutForm(wholeNation, register, {
			unit,
			form,
			period,
			asOf: today,
			sort: 'date'
		});
		expect([form, list?.total]).toEqual([form, figure.numerator]);
		expect(list?.columns.map(({ id }) => id)).not.toContain('MPNR');
	}
	expect(figures?.some(({ figure }) => figure.numerator > 0)).toBe(true);
});

test('an identity number is nowhere in a list of them', async () => {
	const list = await ask('MPNR');
	expect(told(list)).toEqual([['D', 'blank', null]]);
	expect(JSON.stringify(list)).not.toMatch(/\d{10}/);
});

test('a foreign unit, an unknown unit, variable or form has no list', async () => {
	expect(await ask('BVIKT', { unit: 'danderyd' }, own)).toBeUndefined();
	expect(await ask('BVIKT', { unit: 'nowhere' })).toBeUndefined();
	expect(await ask('NOTHING')).toBeUndefined();
	expect(await ask('BVIKT', {}, own)).toMatchObject({ total: 2 });
	const missing = { unit, period, asOf: today, sort: 'date' } as const;
	expect(await birthsWithoutForm(wholeNation, register, { ...missing, form: 'FV9' })).toBeUndefined();
	expect(await birthsWithoutForm(scopeOfUnits([]), register, { ...missing, form: 'FV2' })).toBeUndefined();
});
