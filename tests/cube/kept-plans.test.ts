import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { emptyRegister, handIn, someVariables, unitLike } from '../register/empty-register.ts';

let opened: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	opened = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => opened.remove());

const counts = z.object({ variable: z.string(), n_recorded: z.int(), n_unknown: z.int(), n_blank: z.int() });

/** The statements of a layout are planned by its first file and run again for the next ones. */
test('a plan made by a file without blanks and unknowns counts those of the next file', async () => {
	const { register } = opened;
	const file = (row: string) => `REF;BFODDAT;KON;BVIKT;UPPFOD;HOMF\n${row}\n`;
	const first = 'A1;2026-01-05;1;3500;1;34\nA2;2026-01-06;2;3600;2;35';
	await handIn(register, file(first), { unit: unitLike(register, 'first') });
	const later = ['B1;2026-01-05;;3500;9;34', ';2026-01-06;1;;;', 'B3;2026-01-07;1;99999;;35', 'B4;;1;;;'];
	const unit = unitLike(register, 'second');
	const receipt = await handIn(register, file(later.join('\n')), { unit });
	expect(receipt).toMatchObject({
		accepted: 2,
		rejected: 2,
		issues: { limits: 1, noKey: 1, noBirthDate: 1 }
	});
	const found = await register.db.rows(
		counts,
		`select variable, n_recorded, n_unknown, n_blank from cube_item
		where unit = 'second' and variable in ('KON', 'BVIKT', 'UPPFOD', 'HOMF') order by variable`
	);
	expect(found).toEqual([
		{ variable: 'BVIKT', n_recorded: 1, n_unknown: 0, n_blank: 0 },
		{ variable: 'HOMF', n_recorded: 2, n_unknown: 0, n_blank: 0 },
		{ variable: 'KON', n_recorded: 1, n_unknown: 0, n_blank: 1 },
		{ variable: 'UPPFOD', n_recorded: 0, n_unknown: 1, n_blank: 1 }
	]);
});

test('rows keep their numbers when the tables that files are read into are used again', async () => {
	const { register } = opened;
	const file = 'REF;BFODDAT;BVIKT\nA1;2026-01-05;3500\nA2;2026-01-06;1\nA3;;3600\n';
	for (const id of ['rows-1', 'rows-2', 'rows-3']) {
		const receipt = await handIn(register, file, { unit: unitLike(register, id) });
		const issues = await register.db.rows(
			z.object({ row: z.int(), rule: z.string() }),
			'select row, rule from issue where submission = $number order by row',
			{ number: receipt.number }
		);
		expect(issues).toEqual([
			{ row: 3, rule: 'limits' },
			{ row: 4, rule: 'noBirthDate' }
		]);
	}
});

test('a column that had no blanks so far may have some, also among those that tell births apart', async () => {
	const { register, remove } = await emptyRegister('data/sinasc');
	try {
		const header = 'IDADEMAE,SEXO,APGAR1,APGAR5,PESO,CONSULTAS,DTNASC,GESTACAO,GRAVIDEZ,ESCMAE,IDADEPAI\n';
		const rest = '9,9,3020,4,2019-01-16,37 a 41 semanas,Única,Nenhuma,30';
		const profile = register.definition.profiles.get('sinasc');
		const unit = unitLike(register, 'ro', 'ro');
		const given = { unit, profile, receivedAt: '2019-02-01' };
		await handIn(register, `${header}29,Feminino,${rest}\n`, given);
		const receipt = await handIn(register, `${header}29,Feminino,${rest}\n30,,${rest}\n`, given);
		expect(receipt).toMatchObject({ rows: 2, added: 1, unchanged: 1, rejected: 0 });
	} finally {
		await remove();
	}
});

test('a plan that is run again does not skip the months that the time before had not', async () => {
	const { register, remove } = await emptyRegister('data/mfr', someVariables);
	try {
		for (let n = 0; n < 40; n++) {
			const month = `2025-${String(1 + ((n * 5) % 12)).padStart(2, '0')}`;
			const file = `REF;BFODDAT;BVIKT\n${n};${month}-05;3500\n`;
			await handIn(register, file, { unit: unitLike(register, `month-${n}`) });
		}
		const lost = await register.db.rows(
			z.object({ unit: z.string() }),
			`select unit from cube_birth b where not exists (
				from cube_code c where c.unit = b.unit and c.birth_month = b.birth_month and variable = 'DAGAR')`
		);
		expect(lost).toEqual([]);
	} finally {
		await remove();
	}
});
