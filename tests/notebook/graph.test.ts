import { expect, test } from 'vitest';
import { faultOf, orderSteps, sqlBlocks, type SqlBlock } from '#lib/notebook/graph.ts';
import { readNotebook } from '#lib/notebook/parse.ts';
import { bodyLine, written } from './written.ts';

const block = (name: string, line: number, sql = `select * from x`): SqlBlock => ({
	kind: 'sql',
	name,
	sql,
	line
});
const ordered = (
	uses: Record<string, string[]>,
	blocks = Object.keys(uses).map((name, at) => block(name, at + 1))
) => {
	const found = orderSteps(blocks, new Map(Object.entries(uses)), ['unit', 'cube_birth']);
	return {
		names: found.ordered.map(({ name }) => name),
		faults: found.faults.map(({ line, message }) => `${line} ${message}`)
	};
};

test('each block comes after those that it needs, in whatever order they are written', () => {
	expect(ordered({ c: ['b', 'unit'], b: ['a'], a: ['cube_birth'], d: [] })).toEqual({
		names: ['a', 'b', 'c', 'd'],
		faults: []
	});
});

test('names are the same in capital letters, as they are in SQL', () => {
	expect(ordered({ b: ['A', 'UNIT'], a: [] }).names).toEqual(['a', 'b']);
});

test('a name that there is not is told where it stands, with the one that was meant', () => {
	const wrong = block('a', 10, 'select 1\nfrom unit, cube_brth');
	expect(ordered({ a: ['unit', 'cube_brth'] }, [wrong])).toEqual({
		names: [],
		faults: ['12 there is no table cube_brth; did you mean cube_birth?']
	});
});

test('a circle is told once, and what waits for it as waiting', () => {
	expect(ordered({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: [] })).toEqual({
		names: ['e'],
		faults: [
			'1 a needs b, which needs c, which needs a: one of them has to do without',
			'4 d waits for a, which is wrong on line 1'
		]
	});
	expect(ordered({ a: ['a'] }).faults).toEqual(['1 a needs itself: one of them has to do without']);
});

test('a name is made once, and never that of a given table', () => {
	const { names, faults } = ordered({ a: [], unit: [] }, [block('a', 1), block('a', 5), block('unit', 9)]);
	expect(names).toEqual(['a']);
	expect(faults).toEqual([
		'5 there is a table a already, made on line 1: choose another name',
		'9 there is a table unit already: choose another name'
	]);
});

test('what waits for a block that is wrong already says for which', () => {
	const blocks = [block('a', 1), block('b', 2), block('c', 3)];
	expect(ordered({ b: ['a'], c: ['b'] }, blocks)).toEqual({
		names: [],
		faults: ['2 b waits for a, which is wrong on line 1', '3 c waits for b, which is wrong on line 2']
	});
});

test('SQL is found in sections too, and its lines are counted from its fence', () => {
	const { notebook } = readNotebook('a', written('::: sv\n```sql a\n\nselect 1\n```\n:::\n'));
	const [found] = sqlBlocks(notebook.blocks);
	expect(found).toMatchObject({ name: 'a', sql: '\nselect 1', line: bodyLine + 1 });
	expect(found && faultOf(found, 2, 'wrong')).toEqual({ line: bodyLine + 3, message: 'wrong' });
});
