import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import { submissionList, submissionReceipt } from '#lib/server/figures/submissions.ts';
import type { Register } from '#lib/server/register/open.ts';
import { everyIssue } from '#lib/server/register/receipts.ts';
import { emptyRegister, handIn, sender, someVariables } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
let register: Register;
const one: Scope = scopeOfUnits(['lycksele']);

beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
	register = made.register;
	const unit = (id: string) => register.definition.unitById.get(id) ?? expect.fail(id);
	const header = 'REF;BFODDAT;KON\n';
	await handIn(register, `${header}A;2025-06-01;1\nB;2025-06-02;9\nC;;1\n`, { unit: unit('lycksele') });
	await handIn(register, `${header}A;2025-06-01;1\n`, { unit: unit('danderyd') });
	await handIn(register, `${header}A;2025-06-01;1;1\n`, { unit: unit('danderyd'), receivedAt: '2026-02-02' });
});
afterAll(() => made.remove());

const page = { limit: 10, offset: 0 };

test('submissions come newest first, with what became of their rows', async () => {
	const { lines, total } = await submissionList(wholeNation, register, page);
	expect(total).toBe(3);
	expect(lines.map((line) => line.number)).toEqual([3, 2, 1]);
	expect(lines[2]).toMatchObject({ rows: 3, accepted: 2, rejected: 1, issues: 2, sentBy: sender.name });
});

test('the list is narrowed by unit and outcome, and paged', async () => {
	const numbers = async (question: object) =>
		(await submissionList(wholeNation, register, { ...page, ...question })).lines.map((line) => line.number);
	expect(await numbers({ unit: 'danderyd' })).toEqual([3, 2]);
	expect(await numbers({ status: 'refused' })).toEqual([3]);
	expect(await numbers({ limit: 1, offset: 1 })).toEqual([2]);
});

test('a scope sees the submissions of its own units only', async () => {
	expect(await submissionList(one, register, page)).toMatchObject({
		total: 1,
		lines: [{ unit: 'lycksele' }]
	});
	expect(await submissionList(scopeOfUnits([]), register, page)).toMatchObject({ total: 0 });
	expect(await submissionReceipt(one, register, 1)).toMatchObject({ receipt: { number: 1 }, sender });
	expect(await submissionReceipt(one, register, 2)).toBeUndefined();
	expect(await submissionReceipt(wholeNation, register, 4)).toBeUndefined();
});

test('every issue of a receipt is given once, in the order of its rows', async () => {
	const rows: number[] = [];
	for await (const issues of (await everyIssue(one, register.db, 1)) ?? [])
		rows.push(...issues.map((i) => i.row));
	expect(rows).toEqual([3, 4]);
	expect(await everyIssue(one, register.db, 2)).toBeUndefined();
});
