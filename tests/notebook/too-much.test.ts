import { describe, expect, test } from 'vitest';
import { readNotebook } from '#lib/notebook/parse.ts';
import { lines } from './fresh-shelf.ts';

const read = (...body: string[]) => {
	const { notebook, faults } = readNotebook('trial', lines(...body));
	return { kinds: notebook.blocks.map(({ kind }) => kind), faults };
};

describe('a text that would keep its reader busy is told at its line', () => {
	test.each([
		['quotes in quotes', '> '.repeat(3000) + 'x', 'quotes and lists stand at most 20 deep'],
		['lists in lists', Array.from({ length: 400 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'), '20 deep'],
		['lists on a line', `${'- '.repeat(500)}x`, '20 deep'],
		['stars', '*'.repeat(50_000) + '**_'.repeat(20_000), 'longer than 40000 signs'],
		['a paragraph', 'Rad med *text*.\n'.repeat(5000), 'longer than 40000 signs']
	])('%s', (_, text, message) => {
		const begun = performance.now();
		const { kinds, faults } = read('Först.', '', text);
		expect(faults).toEqual([{ line: expect.any(Number), message: expect.stringContaining(message) }]);
		expect(kinds).toContain('fault');
		expect(performance.now() - begun).toBeLessThan(2000);
	});

	test('long texts of ordinary paragraphs, tables and code are not', () => {
		const { faults } = read(
			'En rad med ord i en text.\n\n'.repeat(3000),
			'| a | b |\n| - | - |\n' + '| 1 | 2 |\n'.repeat(6000),
			'',
			'- a\n  - b\n    - c\n      1. d',
			'',
			'        - indented code\n'.repeat(5),
			'* * *',
			'> - > ett citat'
		);
		expect(faults).toEqual([]);
	});
});
