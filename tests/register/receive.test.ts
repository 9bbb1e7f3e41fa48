import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { OutOfOrder } from '#lib/server/register/receive.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

let opened: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	opened = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => opened.remove());

const births = (rows: string) => `REF;BFODDAT;BVIKT\n${rows.split(' ').join('\n')}\n`;
const three = births('A1;2026-01-05;3500 A2;2026-01-06; A3;2026-01-07;3700');

const size = z.object({ n: z.int() });
async function rowsOf(table: string, where = 'true'): Promise<number> {
	const [found] = await opened.register.db.rows(
		size,
		`select count(*)::integer as n from ${table} where ${where}`
	);
	return found?.n ?? -1;
}
const everything = [
	'submission',
	'issue',
	'birth_version',
	'cube_birth',
	'cube_form',
	'cube_item',
	'cube_code'
];
const sizes = () => Promise.all(everything.map((table) => rowsOf(table)));

test('the same file twice gives the first receipt and stands once in the ledger', async () => {
	const unit = unitLike(opened.register, 'twice');
	const first = await handIn(opened.register, three, { unit });
	const again = await handIn(opened.register, three, {
		unit,
		receivedAt: '2026-03-01',
		fileName: 'again.csv'
	});
	expect(again).toEqual(first);
	expect(await rowsOf('submission', `unit = 'twice'`)).toBe(1);
});

test('the same file handed in twice at once is received once', async () => {
	const unit = unitLike(opened.register, 'at-once');
	const hand = () => handIn(opened.register, three, { unit });
	const [one, other, third] = await Promise.all([hand(), hand(), hand()]);
	expect(other).toEqual(one);
	expect(third).toEqual(one);
	expect(await rowsOf('submission', `unit = 'at-once'`)).toBe(1);
	expect(await rowsOf('birth_version', `unit = 'at-once'`)).toBe(3);
});

test('files of several units at once are all received, each with its own births', async () => {
	const units = [1, 2, 3, 4, 5, 6].map((n) => unitLike(opened.register, `beside-${n}`));
	const receipts = await Promise.all(units.map((unit) => handIn(opened.register, three, { unit })));
	expect(new Set(receipts.map((receipt) => receipt.number)).size).toBe(6);
	for (const { unit, added } of receipts) {
		expect(added).toBe(3);
		expect(await rowsOf('birth_version', `unit = '${unit}'`)).toBe(3);
	}
});

test('a refused file is in the ledger and nowhere else', async () => {
	const before = await sizes();
	const receipt = await handIn(opened.register, 'REF;BFODDAT\nA1\n', {
		unit: unitLike(opened.register, 'refused')
	});
	expect(receipt.status).toBe('refused');
	const [submissions, ...rest] = await sizes();
	expect([submissions, ...rest]).toEqual([(before[0] ?? 0) + 1, ...before.slice(1)]);
});

test('a file dated before one that the unit has handed in is not received; on the same day it is', async () => {
	const unit = unitLike(opened.register, 'order');
	await handIn(opened.register, three, { unit, receivedAt: '2026-02-10' });
	const before = await sizes();
	const early = handIn(opened.register, births('A4;2026-01-08;3800'), { unit, receivedAt: '2026-02-09' });
	await expect(early).rejects.toThrow(OutOfOrder);
	expect(await sizes()).toEqual(before);
	const sameDay = births('A5;2026-01-09;3900');
	expect((await handIn(opened.register, sameDay, { unit, receivedAt: '2026-02-10 08:00:00' })).added).toBe(1);
});

const cell = z.object({ births: z.int(), blank: z.int(), recorded: z.int() });
/** How a unit's January and its birth weights stood at the end of a day. */
async function stood(unit: string, day: string) {
	const so = `c.valid_from <= '${day}' and (c.valid_to is null or c.valid_to > '${day}')`;
	return opened.register.db.rows(
		cell,
		`select b.births, c.n_blank as blank, c.n_recorded as recorded
		from cube_item c join cube_birth b on b.unit = c.unit and b.birth_month = c.birth_month
			and ${so.replaceAll('c.', 'b.')}
		where c.unit = $unit and c.variable = 'BVIKT' and ${so}`,
		{ unit }
	);
}

test('any earlier day is answered as it was then, and a second file of a day replaces that day', async () => {
	const unit = unitLike(opened.register, 'as-of');
	const hand = (file: string, receivedAt: string) => handIn(opened.register, file, { unit, receivedAt });
	await hand(three, '2026-02-01');
	await hand(births('A2;2026-01-06;3600 A4;2026-01-08;'), '2026-03-01');
	await hand(births('A5;2026-01-09;3900'), '2026-03-01');
	await hand(births('A1;2026-01-05;'), '2026-04-01');
	expect(await stood(unit.id, '2026-01-31')).toEqual([]);
	expect(await stood(unit.id, '2026-02-01')).toEqual([{ births: 3, blank: 1, recorded: 2 }]);
	expect(await stood(unit.id, '2026-02-28')).toEqual([{ births: 3, blank: 1, recorded: 2 }]);
	expect(await stood(unit.id, '2026-03-01')).toEqual([{ births: 5, blank: 1, recorded: 4 }]);
	expect(await stood(unit.id, '2026-11-23')).toEqual([{ births: 5, blank: 2, recorded: 3 }]);
});

test('a file that says nothing new leaves the cubes alone', async () => {
	const unit = unitLike(opened.register, 'nothing-new');
	await handIn(opened.register, three, { unit });
	const before = await sizes();
	const receipt = await handIn(opened.register, `${three}\n`, { unit, receivedAt: '2026-03-01' });
	expect(receipt).toMatchObject({ unchanged: 3, added: 0, changed: 0 });
	expect((await sizes()).slice(2)).toEqual(before.slice(2));
});

test('a statement that fails in the middle leaves nothing behind, and the next file is received', async () => {
	const { register } = opened;
	const unit = unitLike(register, 'broken');
	const before = await sizes();
	const broken: Definition = {
		...register.definition,
		variables: register.definition.variables.map((v) =>
			v.derived === undefined ? v : { ...v, derived: `error('this cannot be derived')::integer` }
		)
	};
	await expect(handIn({ ...register, definition: broken }, three, { unit })).rejects.toThrow(
		'cannot be derived'
	);
	expect(await sizes()).toEqual(before);
	expect((await handIn(register, three, { unit })).added).toBe(3);
});

test('a fault of the program is told without the key of identity numbers and without persons', async () => {
	const { register } = opened;
	const variables = register.definition.variables.map((v) => (v.id === 'YRKE' ? { ...v, pattern: '((' } : v));
	const broken = { ...register, definition: { ...register.definition, variables } };
	const file = 'REF;MPNR;BFODDAT;YRKE\nA1;195704289999;2026-01-05;kock\n';
	const failure = await handIn(broken, file, { unit: unitLike(register, 'fault') }).catch(String);
	expect(failure).toContain('((');
	for (const secret of [register.key.innerPad, register.key.outerPad, '195704289999', 'kock'])
		expect(failure).not.toContain(secret);
});
