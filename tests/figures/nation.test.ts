import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { unitReport } from '#lib/server/feedback/unit-report.ts';
import { unitTables } from '#lib/server/feedback/unit-tables.ts';
import { birthsInSpans, birthsOf } from '#lib/server/figures/births.ts';
import { formsMissing } from '#lib/server/figures/forms.ts';
import { mayPool } from '#lib/server/figures/nation.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { timeliness } from '#lib/server/figures/timeliness.ts';
import { variableFigures } from '#lib/server/figures/variable.ts';
import { nationVariables } from '#lib/server/figures/variables.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn, someVariables } from '../register/empty-register.ts';

/** Six units have births of January 2025, the first two also of February; the first one of 2023 too. */
const units = ['danderyd', 'huddinge', 'karlstad', 'gavle', 'eskilstuna', 'lycksele'];
const [first = '', second = ''] = units;
const january = { from: '2025-01', to: '2025-01' };
const february = { from: '2025-02', to: '2025-02' };
const viewOf = (period: typeof january) =>
	({ period, asOf: '2026-01-01', years: 3, basis: 'sameDay' }) as const;

let made: Awaited<ReturnType<typeof emptyRegister>>;
let register: Register;
beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
	register = made.register;
	for (const [place, id] of units.entries()) {
		const days = ['2025-01-05', ...(place < 2 ? ['2025-02-05'] : []), ...(place === 0 ? ['2023-01-05'] : [])];
		const births = days.flatMap((day) =>
			Array.from({ length: 20 + place }, (_, at) => `${day}-${at};${day};${at < 10 + place ? 1 : ''}`)
		);
		const unit = register.definition.unitById.get(id) ?? expect.fail(id);
		await handIn(register, `REF;BFODDAT;KON\n${births.join('\n')}\n`, { unit, receivedAt: '2025-03-01' });
	}
});
afterAll(async () => {
	await made.remove();
	await closeDesk();
});

const own = scopeOfUnits([first]);
const two = scopeOfUnits([first, second]);

test('five other units may be told of together, four may not, and who sees all sees any number', () => {
	expect(mayPool(own, units)).toBe(true);
	expect(mayPool(two, units)).toBe(false);
	expect(mayPool(scopeOfUnits([]), units.slice(0, 4))).toBe(false);
	expect(mayPool(scopeOfUnits(['elsewhere']), units.slice(0, 5))).toBe(true);
	expect(mayPool(wholeNation, [first])).toBe(true);
});

test('the nation is told of in a period in which five others have births', async () => {
	const of = async (scope: typeof own, period: typeof january) => {
		const view = viewOf(period);
		const variable = await variableFigures(scope, register, 'KON', view);
		const listed = (await nationVariables(scope, register, view)).find((each) => each.variable === 'KON');
		return [
			(await birthsOf(scope, register, view)).nation?.births,
			(await timeliness(scope, register, view))?.figure.denominator,
			(await formsMissing(scope, register, view))?.length,
			variable?.nation?.counts.nApplicable,
			variable?.months.map(({ nation }) => nation?.denominator ?? null),
			listed?.counts.nApplicable
		];
	};
	const forms = register.definition.register.forms.length;
	expect(await of(own, january)).toEqual([135, 135, forms, 135, [135], 135]);
	expect(await of(wholeNation, february)).toEqual([41, 41, forms, 41, [20, 135, 41], 41]);
	// January stands in the trend up to February, whose own number would give the other unit away
	expect(await of(own, february)).toEqual([undefined, undefined, 0, undefined, [135], 0]);
	expect(await of(two, january)).toEqual([undefined, undefined, 0, undefined, [], 0]);
});

test('a unit beside a nation that may not be told of is told of alone, with its own answers', async () => {
	const found = await variableFigures(own, register, 'KON', viewOf(february), first);
	expect(found).toMatchObject({ nation: null, unit: { counts: { nApplicable: 20 } }, others: [] });
	expect(found?.codes.map(({ nation }) => nation)).toEqual(found?.codes.map(() => 0));
	expect(found?.codes.some(({ unit }) => unit > 0)).toBe(true);
	expect(found?.months.map(({ month, nation }) => [month, nation !== null])).toEqual([
		['2023-01', false],
		['2025-01', true],
		['2025-02', false]
	]);
});

test('a report beside a nation that may not be told of is made all the same, and says nothing of it', async () => {
	const notebook = await findNotebook('reports', 'unit-feedback');
	const question = { unit: first, view: viewOf(february), locale: 'sv' } as const;
	expect(await unitReport(wholeNation, register, notebook, question)).toMatchObject({ faults: [] });
	const tables = await unitTables(wholeNation, register, question);
	expect(tables?.timeliness?.rows[1]).toMatchObject({ on_time: null, due: null, share: null });
	expect(tables?.form?.rows.every(({ nation }) => nation === null)).toBe(true);
	expect(tables?.variable?.rows.every(({ among }) => Array.isArray(among) && among.length === 0)).toBe(true);
});

test('the others of a reader are told of in bands, and the own one by one', async () => {
	const found = await variableFigures(own, register, 'KON', viewOf(january));
	expect(found?.units.map(({ unit }) => unit)).toEqual([first]);
	expect(found?.others).toEqual([{ units: 5, from: 0.52, to: 0.6 }]);
	const all = await variableFigures(wholeNation, register, 'KON', viewOf(january));
	expect(all?.units).toHaveLength(6);
	expect(all?.others).toEqual([]);
});

test('menus begin with the first year of the reader’s own units', async () => {
	expect(await firstBirthYear(wholeNation, register)).toBe(2023);
	expect(await firstBirthYear(own, register)).toBe(2023);
	expect(await firstBirthYear(scopeOfUnits([second]), register)).toBe(2025);
	expect(await firstBirthYear(scopeOfUnits([]), register)).toBe(register.definition.register.firstYear);
});

test('a year is known when the unit or enough others had births then', async () => {
	const spans = [january, february, { from: '2024-01', to: '2024-12' }].map((period) => ({
		period,
		asOf: '2026-01-01'
	}));
	const known = async (unit: string) =>
		(await birthsInSpans(scopeOfUnits([unit]), register, unit, spans))?.map(({ births, isKnown }) => [
			births,
			isKnown
		]);
	expect(await known(first)).toEqual([
		[20, true],
		[20, true],
		[0, false]
	]);
	expect(await known('lycksele')).toEqual([
		[25, true],
		[0, false],
		[0, false]
	]);
});
