import { expect, test } from 'vitest';
import {
	blockLine,
	fenceAt,
	sqlPlaceAt,
	sqlPlaces
} from '../../src/routes/notebooks/[notebook=slug]/edit/text-places.ts';

const text = [
	'# A',
	'```sql one',
	'select 1',
	'```',
	'',
	'~~~~sql two',
	'```',
	'~~~~',
	'```table',
	'from: one'
].join('\n');

test('SQL blocks are found with the lines of their fences, also beside other blocks', () => {
	expect(sqlPlaces(text)).toEqual([
		{ name: 'one', from: 2, to: 4 },
		{ name: 'two', from: 6, to: 8 }
	]);
});

test('a block that is not ended yet goes on to the end', () => {
	expect(sqlPlaces('```sql one\nselect\n')).toEqual([{ name: 'one', from: 1, to: 3 }]);
});

test('a block without a name is none', () => {
	expect(sqlPlaces('```sql\nselect 1\n```')).toEqual([]);
});

test('a line lies in the block whose fences are around it', () => {
	expect(sqlPlaceAt(text, 3)?.name).toBe('one');
	expect(sqlPlaceAt(text, 4)?.name).toBe('one');
	expect(sqlPlaceAt(text, 5)).toBeUndefined();
	expect(sqlPlaceAt(text, 10)).toBeUndefined();
});

test('the fence that stands open is the last one that no other has ended', () => {
	expect(fenceAt(['```table', 'from: x'])).toEqual({ kind: 'table', name: '' });
	expect(fenceAt(['```table', '```'])).toBeUndefined();
	expect(fenceAt(['````sql a', '```'])).toEqual({ kind: 'sql', name: 'a' });
});

test('a line belongs to the last block that begins at or before it', () => {
	expect(blockLine([5, 9, 20], 9)).toBe(9);
	expect(blockLine([20, 5, 9], 19)).toBe(9);
	expect(blockLine([5], 4)).toBeUndefined();
});
