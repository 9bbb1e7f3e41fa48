import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import { birthsOf } from '#lib/server/figures/births.ts';
import { unitList } from '#lib/server/figures/units.ts';
import { nationVariables } from '#lib/server/figures/variables.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn, someVariables } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
let register: Register;
const one: Scope = scopeOfUnits(['lycksele']);
const view = (asOf: string) =>
	({ period: { from: '2025-01', to: '2025-12' }, asOf, years: 3, basis: 'sameDay' }) as const;

beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
	register = made.register;
	const births = (mark: string, count: number, sex: (at: number) => string) =>
		`REF;BFODDAT;KON\n${Array.from({ length: count }, (_, at) => `${mark}${at};2025-06-01;${sex(at)}\n`).join('')}`;
	const unit = (id: string) => register.definition.unitById.get(id) ?? expect.fail(id);
	await handIn(
		register,
		births('A', 20, () => '1'),
		{ unit: unit('danderyd'), receivedAt: '2025-07-01' }
	);
	await handIn(
		register,
		births('B', 20, (at) => (at < 5 ? '1' : '')),
		{
			unit: unit('lycksele'),
			receivedAt: '2025-08-01'
		}
	);
});
afterAll(() => made.remove());

test('the nation is counted over all units, as it stood on the day', async () => {
	const completeness = async (asOf: string) =>
		(await nationVariables(wholeNation, register, view(asOf))).find((v) => v.variable === 'KON')?.figure;
	expect(await completeness('2025-07-15')).toMatchObject({ numerator: 20, denominator: 20 });
	expect(await completeness('2026-01-01')).toMatchObject({ numerator: 25, denominator: 40, share: 0.625 });
});

test('every variable is there, in the order of the catalogue, also when nothing is known', async () => {
	const found = await nationVariables(wholeNation, register, view('2024-01-01'));
	expect(found.map((v) => v.variable)).toEqual(register.definition.variables.map((v) => v.id));
	expect(found.every((v) => v.figure.share === null)).toBe(true);
});

test('a unit is listed with its births and the day of its last submission, known by then', async () => {
	const of = async (asOf: string) =>
		(await unitList(wholeNation, register, view(asOf))).find(({ unit }) => unit.id === 'lycksele');
	expect(await of('2025-07-15')).toMatchObject({ births: 0, lastReceived: null });
	expect(await of('2025-08-01')).toMatchObject({ births: 20, lastReceived: '2025-08-01' });
});

test('a scope lists and counts its own units only', async () => {
	const listed = await unitList(one, register, view('2026-01-01'));
	expect(listed.map(({ unit }) => unit.id)).toEqual(['lycksele']);
	expect((await birthsOf(one, register, view('2026-01-01'), 'lycksele')).unit?.births).toBe(20);
	expect((await birthsOf(one, register, view('2026-01-01'), 'danderyd')).unit).toBeNull();
});
