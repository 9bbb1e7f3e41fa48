import { expect, test } from 'vitest';
import { foundTables } from '../../src/routes/notebooks/[notebook=slug]/edit/found-tables.ts';
import { knownTables, ownTables } from '../../src/routes/notebooks/[notebook=slug]/edit/known-tables.ts';

const tables = [
	{
		name: 'cube_birth',
		text: 'Births by unit and month',
		columns: [
			{ name: 'births', type: 'integer', text: 'How many were born' },
			{ name: 'on_time', type: 'integer', text: 'Received within a month' }
		]
	},
	{ name: 'unit', text: 'The units', columns: [{ name: 'region', type: 'text', text: 'Where it lies' }] }
];
const found = (words: string) =>
	foundTables(tables, words).map(({ name, columns }) => [name, columns.length]);

test('a search finds tables by name and text, and columns with the table that they stand in', () => {
	expect(found('')).toEqual([
		['cube_birth', 2],
		['unit', 1]
	]);
	expect(found('BIRTH month')).toEqual([['cube_birth', 2]]);
	expect(found('received')).toEqual([['cube_birth', 1]]);
	expect(found('region')).toEqual([['unit', 1]]);
	expect(found('smoking')).toEqual([]);
});

test('the tables of a text have the columns that the last run found, and stand over those of the dictionary', () => {
	const own = ownTables(
		[
			{ name: 'unit', from: 1, to: 3 },
			{ name: 'new', from: 5, to: 7 }
		],
		{
			html: '',
			faults: [],
			missing: [],
			steps: [],
			parameters: {},
			tables: { unit: { columns: [{ name: 'total', type: 'integer' }], rows: 1, isCut: false } }
		}
	);
	const known = knownTables({ tables, examples: [] }, own);
	expect([...known.keys()]).toEqual(['cube_birth', 'unit', 'new']);
	expect(known.get('unit')?.columns).toEqual([{ label: 'total', detail: 'integer' }]);
	expect(known.get('new')?.columns).toEqual([]);
	expect(known.get('cube_birth')?.columns[0]).toEqual({
		label: 'births',
		detail: 'integer',
		about: 'How many were born'
	});
});
