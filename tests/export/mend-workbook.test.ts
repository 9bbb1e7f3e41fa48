import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { hasWorkbook, mendWorkbook } from '#lib/server/export/mend-workbook.ts';
import { birthsToMend, birthsWithoutForm, type MendList } from '#lib/server/figures/to-mend.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
let register: Register;
const unit = 'lycksele';
const period = { from: '2025-06', to: '2025-06' };
const asOf = '2026-02-01';

beforeAll(async () => {
	made = await emptyRegister('data/mfr');
	register = made.register;
	const rows = [
		'REF;MPNR;BORDNRF2;BFODDAT;KON;BVIKT;HOMF;GRVFV;MDIAG1;MDIAG2;ROK1;BUTDAT;SISTMENS',
		'=A;1;1;2025-06-01;7;45;ca 35;99;O80.9;Z37;9;2025-06-09 10:30;2024-09-01',
		'007;;1;2025-06-02;;900;;40;nonsense;;;2025-13-01;2019-01-01',
		';189001019802;1;2025-06-03;1;;;;;;;;'
	];
	await handIn(register, `${rows.join('\n')}\n`, { unit: unitOf() });
});
afterAll(() => made.remove());

const unitOf = () => register.definition.unitById.get(unit) ?? expect.fail(unit);
const question = { unit, period, asOf, sort: 'date' } as const;
const listOf = async (variable: string): Promise<MendList> =>
	(await birthsToMend(wholeNation, register, { ...question, variable })) ?? expect.fail(variable);
const written = (list: MendList, locale: 'sv' | 'en' = 'sv') =>
	mendWorkbook(list, {
		definition: register.definition,
		title: 'Prov',
		unitName: unitOf().name,
		period,
		asOf,
		locale
	});

test('the first sheet has the names of the register, and what stands there now', async () => {
	const { sheets } = await readXlsx(await written(await listOf('HOMF')));
	expect(sheets[0]?.rows).toEqual([
		['REF', 'BFODDAT', 'HOMF'],
		["'=A", '2025-06-01', 'ca 35'],
		['007', '2025-06-02', null]
	]);
});

test('the second sheet says what to do, and what the codes and limits are', async () => {
	const list = await listOf('KON');
	const rows = async (locale: 'sv' | 'en') =>
		(await readXlsx(await written(list, locale))).sheets[1]?.rows.map((row) => row.join(': ')) ?? [];
	const swedish = await rows('sv');
	expect(swedish[1]).toMatch(/^Listan: Lycksele lasarett, juni 2025, läget 1 februari 2026\. Prov\./);
	expect(swedish).toContainEqual(expect.stringMatching(/^Senast: 1 maj 2026$/));
	expect(swedish).toContainEqual(expect.stringMatching(/^KON: Barnets kön\./));
	expect(swedish).toContainEqual('KON 1: Pojke');
	expect((await rows('en'))[2]).toContain('Fill in: Write in the columns KON');
});

test('a birth without a reference is left out, and that is said', async () => {
	const list = await listOf('BVIKT');
	expect(list.rows.map(({ reference }) => reference)).toContain(null);
	const { sheets } = await readXlsx(await written(list));
	expect(sheets[0]?.rows.flat()).not.toContain('2025-06-03');
	expect(String(sheets[1]?.rows[1]?.[1])).toContain('En födsel har inget ärendenummer');
});

/** Variables of every type, and derived ones. */
const kinds = 'MPNR KON HOMF BVIKT GRVFV MDIAG1 ROK1 BUTDAT SISTMENS GRDBS SMLIND FLAVSL'.split(' ');

test('every list that is handed in as it was fetched changes nothing', async () => {
	const { definition } = register;
	const forms = definition.register.forms.map(({ id }) =>
		birthsWithoutForm(wholeNation, register, { ...question, form: id })
	);
	const lists = [...kinds.map(listOf), ...forms];
	let handedIn = 0;
	for (const list of await Promise.all(lists)) {
		if (!list || !hasWorkbook(definition, list) || !list.rows.some((row) => row.reference)) continue;
		const receipt = await handIn(register, await written(list), { unit: unitOf() });
		const what = list.columns.map(({ id }) => id).join(' ');
		expect([what, receipt.changed, receipt.rejected, receipt.added]).toEqual([what, 0, 0, 0]);
		handedIn += receipt.unchanged;
	}
	expect(handedIn).toBeGreaterThan(kinds.length);
}, 120_000);

test('a value computed from days that the register knows itself has no sheet to fill in', async () => {
	const list = await listOf('DAGAR');
	expect(hasWorkbook(register.definition, list)).toBe(false);
	expect(() => written(list)).toThrow('no columns');
});
