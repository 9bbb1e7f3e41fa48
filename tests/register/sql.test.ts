import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readDefinition, reported, type Definition } from '#lib/catalogue/catalogue.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Database, Repeating, Values } from '#lib/server/db/database.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn } from './empty-register.ts';

const page = readFileSync('docs/register-definition.md', 'utf8');
const examples = new Map(
	[...page.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, path = '', written = '']) => [path, written])
);
const registers: [name: string, load: () => Promise<Definition>][] = [
	['data/mfr', () => loadDefinition('data/mfr')],
	['data/sinasc', () => loadDefinition('data/sinasc')],
	['the example of docs/register-definition.md', () => Promise.resolve(readDefinition(examples))]
];

/** A register whose statements are each bound by DuckDB (EXPLAIN) before they are run; `bound` are their texts. */
function explaining(register: Register): { register: Register; bound: Set<string> } {
	const bound = new Set<string>();
	const watched = <T extends Repeating>(statements: T): T => {
		const explained = async (sql: string, values?: Values) => {
			if (/^\s*(begin|commit|rollback)/.test(sql) || bound.has(sql)) return;
			await statements.rows(z.unknown(), `explain ${sql}`, values);
			bound.add(sql);
		};
		return {
			...statements,
			run: async (sql: string, values?: Values) => {
				await explained(sql, values);
				await statements.run(sql, values);
			},
			again: async (sql: string, values?: Values) => {
				await explained(sql, values);
				await statements.again(sql, values);
			}
		};
	};
	const db: Database = {
		...register.db,
		atDesk: (work) => register.db.atDesk((desk) => work(watched(desk))),
		alone: (work) => register.db.alone((writer) => work(watched(writer)))
	};
	return { register: { ...register, db }, bound };
}

/** A value that each type permits, in a form as a file has it. */
function sample(v: Variable, d: Definition): string {
	if (v.id === d.register.birthDate) return '2019-06-15';
	if (v.codes) return v.codes[0]?.code ?? '';
	if (v.type === 'integer' || v.type === 'decimal')
		return String(v.softLimits?.[0] ?? v.hardLimits?.[0] ?? 1);
	return (
		{ date: '2019-06-15', datetime: '2019-06-15 10:15', text: 'kock', identity: '195704289999' }[
			v.type as 'date' | 'datetime' | 'text' | 'identity'
		] ?? ''
	);
}

test.for(registers)('%s: every statement of a file with all columns is bound', async ([, load]) => {
	const definition = await load();
	const { register, remove } = await emptyRegister(definition);
	try {
		const { register: watched, bound } = explaining(register);
		const [unit] = definition.units;
		if (!unit) throw new Error('The definition has no unit.');
		const reference = definition.register.reference?.column;
		const [profile] = reference ? [] : definition.profiles.values();
		const columns = reported(definition);
		const positions = ({ id, positions: n = 1 }: Variable) =>
			Array.from({ length: n }, (_, index) => (index ? `${id.replace(/1$/, '')}${index + 1}` : id));
		const header = [...(reference ? [reference] : []), ...columns.flatMap(positions)];
		const row = (key: string, values: (v: Variable) => string) =>
			[
				...(reference ? [key] : []),
				...columns.flatMap((v) => [
					values(v),
					...positions(v)
						.slice(1)
						.map(() => '')
				])
			].join(';');
		const files = [
			[header.join(';'), row('A', (v) => sample(v, definition)), row('B', (v) => sample(v, definition))],
			[
				header.join(';'),
				row('A', (v) => (v.id === definition.register.birthDate ? sample(v, definition) : '')),
				row('C', () => '?')
			]
		];
		for (const [index, lines] of files.entries()) {
			const receivedAt = `2019-0${index + 7}-01`;
			const receipt = await handIn(watched, `${lines.join('\n')}\n`, { unit, profile, receivedAt });
			expect(receipt, JSON.stringify(receipt.refusals)).toMatchObject({ status: 'received', rows: 2 });
			expect(receipt.reading?.columns).toEqual(columns.map((v) => v.id));
		}
		const texts = [...bound].join('\n');
		for (const table of [
			'judged',
			'birth_version',
			'issue',
			'births',
			'counted',
			'invalid_values',
			'submission'
		])
			expect(texts).toMatch(new RegExp(`insert into ${table}\\b`));
		for (const cube of ['cube_birth', 'cube_form', 'cube_item', 'cube_code'])
			for (const verb of ['insert into', 'delete from', 'update']) expect(texts).toContain(`${verb} ${cube}`);
		for (const v of definition.variables) expect(texts).toContain(`"${v.id}"`);
	} finally {
		await remove();
	}
});
