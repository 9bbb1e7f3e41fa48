import { describe, expect, test } from 'vitest';
import {
	offersAt,
	type KnownTables,
	type NotebookWords
} from '../../src/routes/notebooks/[notebook=slug]/edit/completions.ts';

const words: NotebookWords = {
	fences: [{ label: 'sql' }, { label: 'table' }],
	sections: [{ label: 'if' }, { label: 'lead' }],
	formats: [{ label: 'count' }, { label: 'share' }],
	keys: {
		table: [{ label: 'from' }, { label: 'columns' }],
		header: [{ label: 'title' }]
	}
};
const tables: KnownTables = new Map([
	['births', { about: 'All of them', columns: [{ label: 'total' }, { label: 'late' }] }],
	['unit', { columns: [{ label: 'name' }] }]
]);

/** What is offered where the text ends, with how much of it is already there. */
const offered = (before: string) => {
	const found = offersAt(before, words, tables);
	return found && [found.back, ...found.offers.map(({ label }) => label)];
};
const body = '---\ntitle: T\n---\n\n';

describe('in running text', () => {
	test.for([
		['Text {', [0, 'births', 'unit']],
		['Text {bir', [3, 'births', 'unit']],
		['Text {births.', [0, 'total', 'late']],
		['Text {births.to', [2, 'total', 'late']],
		['Text {nowhere.', [0]],
		['Text {births.total | ', [0, 'count', 'share']],
		['Text {births.total | sh', [2, 'count', 'share']],
		['Text {births.total} and ', undefined],
		['```', [0, 'sql', 'table']],
		['```ta', [2, 'sql', 'table']],
		['::: ', [0, 'if', 'lead']],
		['::: if births.', [0, 'total', 'late']],
		['::: if not un', [2, 'births', 'unit']],
		['::: each ', [0, 'births', 'unit']],
		['A word', undefined]
	] as const)('“%s” offers %j', ([text, expected]) => {
		expect(offered(body + text)).toEqual(expected);
	});
});

describe('in a block', () => {
	test.for([
		['```table\n', [0, 'from', 'columns']],
		['```table\nfr', [2, 'from', 'columns']],
		['```table\nfrom: ', [0, 'births', 'unit']],
		['```table\nfrom: births\ncolumns:\n  - column: ', [0, 'total', 'late']],
		['```table\nfrom: births\ncolumns:\n  - column: total\n    format: sh', [2, 'count', 'share']],
		["```table\nfrom: births\ntitle: 'All {births.", [0, 'total', 'late']],
		['```sql name\nselect {', undefined],
		['```sql name\nselect 1\n```\n\n```', [0, 'sql', 'table']]
	] as const)('“%s” offers %j', ([text, expected]) => {
		expect(offered(body + text)).toEqual(expected);
	});

	test('the header has keys of its own, until it ends', () => {
		expect(offered('---\nti')).toEqual([2, 'title']);
		expect(offered('---\ntitle: T\n---\nti')).toBeUndefined();
	});
});
