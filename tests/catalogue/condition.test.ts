import { expect, test } from 'vitest';
import { z } from 'zod';
import { condition, conditionSql, variablesOf, type Condition } from '#lib/catalogue/condition.ts';
import { openDatabase } from '#lib/server/db/database.ts';

type Case = { title: string; when: Condition; sql: string; true: string[]; false: string[] };

/** Births as SQL values of (A varchar, N integer). */
const cases: Case[] = [
	{
		title: 'blank',
		when: { variable: 'A', is: 'blank' },
		sql: '("A" is null)',
		true: ['(null, 1)'],
		false: [`('1', null)`]
	},
	{
		title: 'recorded',
		when: { variable: 'A', is: 'recorded' },
		sql: '("A" is not null)',
		true: [`('1', null)`],
		false: ['(null, 1)']
	},
	{
		title: 'in',
		when: { variable: 'A', in: ['1', "d'or"] },
		sql: `coalesce("A" in ('1', 'd''or'), false)`,
		true: [`('1', null)`, `('d''or', null)`],
		false: [`('2', null)`, '(null, null)']
	},
	{
		title: 'atLeast',
		when: { variable: 'N', atLeast: 210 },
		sql: 'coalesce("N" >= 210, false)',
		true: ['(null, 210)'],
		false: ['(null, 209)', '(null, null)']
	},
	{
		title: 'atMost',
		when: { variable: 'N', atMost: 3 },
		sql: 'coalesce("N" <= 3, false)',
		true: ['(null, 3)'],
		false: ['(null, 4)', '(null, null)']
	},
	{
		title: 'all',
		when: {
			all: [
				{ variable: 'A', is: 'recorded' },
				{ variable: 'N', atLeast: 1 }
			]
		},
		sql: '(("A" is not null) and coalesce("N" >= 1, false))',
		true: [`('1', 1)`],
		false: [`('1', null)`, '(null, 1)']
	},
	{
		title: 'any',
		when: {
			any: [
				{ variable: 'A', in: ['1'] },
				{ variable: 'N', atMost: 0 }
			]
		},
		sql: `(coalesce("A" in ('1'), false) or coalesce("N" <= 0, false))`,
		true: [`('1', 5)`, '(null, 0)'],
		false: ['(null, null)', `('2', 1)`]
	}
];

test.for(cases)('conditionSql() writes “$title”, which is never NULL', async (c) => {
	expect(conditionSql(condition.parse(c.when))).toBe(c.sql);
	const db = await openDatabase();
	const answers = (births: string[]) =>
		db.rows(
			z.object({ holds: z.boolean() }),
			`select ${c.sql} as holds from (values ${births.join(', ')}) births("A", "N")`
		);
	expect(await answers(c.true)).toEqual(c.true.map(() => ({ holds: true })));
	expect(await answers(c.false)).toEqual(c.false.map(() => ({ holds: false })));
	db.close();
});

test('variablesOf() names each variable once, at any depth', () => {
	const nested: Condition = {
		any: [
			{
				all: [
					{ variable: 'A', is: 'blank' },
					{ variable: 'B', atLeast: 1 }
				]
			},
			{ variable: 'A', in: ['1'] }
		]
	};
	expect(variablesOf(nested)).toEqual(['A', 'B']);
});

test.for([
	{ variable: 'A' },
	{ all: [] },
	{ variable: 'A', in: [] },
	{ variable: 'A', is: 'blank', atLeast: 1 }
])('%j is no condition', (written) => {
	expect(condition.safeParse(written).success).toBe(false);
});
