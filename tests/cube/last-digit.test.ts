import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { wholeNation } from '#lib/access/scope.ts';
import { variableFigures } from '#lib/server/figures/variable.ts';
import { emptyRegister, handIn, someVariables, unitLike } from '../register/empty-register.ts';

let opened: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	opened = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => opened.remove());

test('of birth weights the cubes keep how often each last digit comes, and no answer is shown of it', async () => {
	const { register } = opened;
	const weights = ['3500', '3510', '3505', '', '99999', '2001'];
	const rows = weights.map((weight, at) => `A${at};2026-01-05;${weight}`).join('\n');
	await handIn(register, `REF;BFODDAT;BVIKT\n${rows}\n`, { unit: unitLike(register, 'digits') });
	const digits = await register.db.rows(
		z.object({ code: z.string(), n: z.int() }),
		`select code, n from cube_code where unit = 'digits' and variable = 'BVIKT' order by code`
	);
	expect(digits).toEqual([
		{ code: '0', n: 2 },
		{ code: '1', n: 1 },
		{ code: '5', n: 1 }
	]);
	const view = {
		period: { from: '2026-01', to: '2026-01' },
		asOf: '2026-03-01',
		years: 3,
		basis: 'sameDay'
	} as const;
	expect((await variableFigures(wholeNation, register, 'BVIKT', view))?.codes).toEqual([]);
});
