import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { z } from 'zod';
import { openRegister } from '#lib/server/register/open.ts';
import { listIssues } from '#lib/server/register/receipts.ts';
import { sharedFolder } from '../catalogue/definition-files.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

let opened: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	opened = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => opened.remove());

const kept = z.object({ kind: z.string().nullable(), linkage: z.string().nullable(), invalid: z.boolean() });

/** What is kept of numbers as they are written, in their order, when they come in as mothers' numbers. */
async function keptOf(numbers: string[], name: string, type = '') {
	const { register } = opened;
	const unit = unitLike(register, name);
	const rows = numbers.map((number, index) => `A${index};2026-01-05;"${number}";${type}`);
	await handIn(register, `REF;BFODDAT;MPNR;MIDTYP\n${rows.join('\n')}\n`, { unit });
	return register.db.rows(
		kept,
		`select "MPNR kind" as kind, "MPNR" as linkage, coalesce(list_contains(invalid, 'MPNR'), false) as invalid
		from birth_version where unit = $unit order by row`,
		{ unit: unit.id }
	);
}

const folder = sharedFolder('personnummer');
const entry = z.object({
	long_format: z.string(),
	short_format: z.string(),
	separated_format: z.string(),
	separated_long: z.string(),
	valid: z.boolean(),
	type: z.enum(['ssn', 'con', 'interim'])
});
const read = (file: string) =>
	entry.array().parse(JSON.parse(readFileSync(join(folder ?? '', file), 'utf8')));
const kinds = { ssn: 'personal', con: 'coordination', interim: 'reserve' };

describe.skipIf(!folder)('official test numbers (skipped where ../shared is absent)', () => {
	test.for(['list.json', 'interim.json'])(
		'%s: each is judged right, in all four ways to write it',
		async (file) => {
			const entries = read(file);
			for (const form of ['long_format', 'short_format', 'separated_format', 'separated_long'] as const) {
				const written = entries.map((one) => one[form]);
				const found = await keptOf(written, `${file.slice(0, -5)}-${form.replace('_', '-')}`);
				const expected = entries.map(({ valid, type }) => ({
					kind: valid ? kinds[type] : null,
					invalid: !valid
				}));
				expect(
					found.map(({ kind, invalid }) => ({ kind, invalid })),
					written.join(' ')
				).toEqual(expected);
			}
		}
	);

	test('one person is known again however the number is written, and no two are taken for one', async () => {
		const people = read('list.json').filter(({ valid }) => valid);
		const written = people.flatMap((one) => [one.long_format, one.separated_format, one.separated_long]);
		const found = await keptOf(written, 'one-person');
		const linkages = people.map(
			(_, index) => new Set(found.slice(3 * index, 3 * index + 3).map((k) => k.linkage))
		);
		for (const ofOne of linkages) expect(ofOne.size).toBe(1);
		expect(new Set(found.map(({ linkage }) => linkage)).size).toBe(people.length);
	});
});

/** Twelve digits with the right check digit. */
function withCheckDigit(eleven: string): string {
	const sum = Array.from(eleven.slice(2)).reduce((all, digit, place) => {
		const product = Number(digit) * (place % 2 === 0 ? 2 : 1);
		return all + (product > 9 ? product - 9 : product);
	}, 0);
	return `${eleven}${(10 - (sum % 10)) % 10}`;
}

test('a coordination number may lack its month, its day or both; another number may not', async () => {
	const numbers = ['19570060001', '19570461001', '19570078001', '19570000001', '19571361001', '19570492001'];
	const found = await keptOf(numbers.map(withCheckDigit), 'unknown-days');
	const coordination = { kind: 'coordination', invalid: false };
	const none = { kind: null, invalid: true };
	const expected = [coordination, coordination, coordination, none, none, none];
	expect(found.map(({ kind, invalid }) => ({ kind, invalid }))).toEqual(expected);
});

test('a birth number is not 000', async () => {
	const found = await keptOf(['19570428000', '19570428001'].map(withCheckDigit), 'birth-number');
	expect(found.map(({ kind }) => kind)).toEqual([null, 'personal']);
});

test('nobody is born after the day of receipt, and nobody on 29 February of a common year', async () => {
	const numbers = ['20260201001', '20260202001', '20240229001', '20250229001'].map(withCheckDigit);
	const found = await keptOf(numbers, 'days');
	expect(found.map(({ kind }) => kind)).toEqual(['personal', null, 'personal', null]);
});

test('what the unit calls a reserve number is kept as one, whatever its form', async () => {
	const found = await keptOf(['20000101E221', '99-4711', 'OKÄND 17', '197004289895'], 'reserve', '3');
	expect(found.map(({ kind }) => kind)).toEqual(['reserve', 'reserve', 'reserve', 'reserve']);
	expect(new Set(found.map(({ linkage }) => linkage)).size).toBe(4);
});

test('after a run no number is in any byte of the register, in no issue and on no receipt', async () => {
	const numbers = ['195704289999', '194608239986', '197302889931', '197004289895', '200004059937'];
	const [mother = '', child = '', coordination = '', invalid = '', other = ''] = numbers;
	const separated = (number: string) => `${number.slice(2, 8)}-${number.slice(8)}`;
	const rows = [
		`A1;2026-01-05;${mother};${child};kock;3500`,
		`A2;2026-01-06;${separated(coordination)};${invalid};mor ${separated(other)}, tel ${other};${mother}`,
		`${child};2026-01-07;${invalid};${invalid};;`,
		`P-${separated(other)}/1;2026-01-08;;;;`,
		`A5;${mother};${mother} ;;;${separated(invalid)}`
	];
	const files = [
		[`REF;BFODDAT;MPNR;BPNR;YRKE;BVIKT\n${rows.join('\n')}\n`, `${mother}.csv`],
		[`REF;BFODDAT;${mother};BVIKT\nA1;2026-01-05;${child};3600\n`, `mor ${separated(child)}.csv`],
		[`${mother};2026-01-05;${mother}\n${child};2026-01-05;${child}\n`, 'no-header.csv'],
		[`REF;BFODDAT;${other};${other}\nA1;2026-01-05;1;2\n`, 'twice.csv'],
		[`REF;BFODDAT;MPNR\nA1;2026-01-05;"${mother}\n`, 'unclosed.csv']
	] as const;
	const data = await mkdtemp(join(tmpdir(), 'register-'));
	try {
		const register = await openRegister(data, opened.register.definition);
		const unit = unitLike(register, 'secret');
		const said: string[] = [];
		for (const [file, fileName] of files) {
			const receipt = await handIn(register, file, { unit, fileName });
			said.push(
				JSON.stringify([
					receipt,
					await listIssues(wholeNation, register.db, { number: receipt.number, limit: 99 })
				])
			);
		}
		expect(said[0]).toMatch(/"identityAsReference":2/);
		// Text is packed in the file, so the texts of all tables are looked through too.
		for (const table of ['submission', 'issue', 'birth_version', 'cube_code', 'cube_item', 'meta']) {
			const found = await register.db.rows(
				z.object({ row: z.string() }),
				`select t::varchar as row from ${table} t`
			);
			said.push(...found.map(({ row }) => row));
		}
		register.db.close();
		for (const name of readdirSync(data).filter((each) => each.startsWith('register')))
			said.push(readFileSync(join(data, name), 'latin1'));
		const everything = said.join('\n');
		for (const number of numbers)
			for (const form of [
				number,
				number.slice(2),
				separated(number),
				`${number.slice(0, 8)}-${number.slice(8)}`
			])
				expect(everything.includes(form), form).toBe(false);
	} finally {
		await rm(data, { recursive: true });
	}
});

test('a variable of which nothing is asked keeps no identity number either', async () => {
	const loose = opened.register.definition.variables.map((v) => {
		const { pattern: _p, hardLimits: _h, softLimits: _s, ...rest } = v;
		return v.id === 'MDIAG1' || v.id === 'BVIKT' || v.id === 'HOMF' ? rest : v;
	});
	const { register, remove } = await emptyRegister({ ...opened.register.definition, variables: loose });
	try {
		const file =
			'REF;BFODDAT;MDIAG1;BVIKT;HOMF\nA1;2026-01-05;195704289999;1957042899;195704289999\nA2;2026-01-05;O80;3500;34,5\n';
		await handIn(register, file, { unit: unitLike(register, 'loose') });
		const found = await register.db.rows(
			z.object({ MDIAG1: z.string(), BVIKT: z.int().nullable(), HOMF: z.number().nullable() }),
			'select "MDIAG1", "BVIKT", "HOMF" from birth_version order by row'
		);
		expect(found).toEqual([
			{ MDIAG1: '…', BVIKT: null, HOMF: null },
			{ MDIAG1: 'O80', BVIKT: 3500, HOMF: 34.5 }
		]);
	} finally {
		await remove();
	}
});
