import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locales } from '#lib/catalogue/text.ts';
import { parseNotebook, readNotebook } from '#lib/notebook/parse.ts';
import { NotebookError } from '#lib/notebook/fault.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import { births, sampleTables, unit, written } from './written.ts';

const everything = readFileSync('tests/notebook/everything.md', 'utf8');
const texts = [
	everything,
	written('## Text\n\n{unit.name}\n'),
	...readdirSync('reports')
		.filter((file) => file.endsWith('.md'))
		.map((file) => readFileSync(`reports/${file}`, 'utf8'))
];

/** What people leave behind when they cut, paste and mistype; and what parsers stumble over. */
const debris = fc.oneof(
	fc.constantFrom(
		'',
		'\n',
		'```',
		'---',
		':::',
		'{',
		'}',
		'[^',
		'|',
		': ',
		'- ',
		'\t',
		'"',
		"'",
		'&a ',
		'*a ',
		'\0',
		'\r'
	),
	fc.constantFrom(
		'```table\n',
		'```sql a\n',
		'::: each unit\n',
		'~~~\n',
		'> ',
		'[',
		']',
		'<b>',
		'\\',
		'!!js/function ',
		'\uFEFF'
	),
	fc.string({ unit: 'binary', maxLength: 12 })
);

const mutated = fc
	.tuple(
		fc.constantFrom(...texts),
		fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 60 }), debris), {
			minLength: 1,
			maxLength: 4
		})
	)
	.map(([text, cuts]) =>
		cuts.reduce((before, [part, length, put]) => {
			const at = Math.floor(part * before.length);
			return before.slice(0, at) + put + before.slice(at + length);
		}, text)
	);

test('any text is read as a notebook: nothing is thrown, every fault has a line of the file and says something', () => {
	fc.assert(
		fc.property(mutated, (text) => {
			const lines = text.replace(/\r\n?/g, '\n').split('\n').length;
			const { notebook, faults } = readNotebook('prov', text);
			for (const { line, message } of faults) {
				expect(line).toBeGreaterThanOrEqual(1);
				expect(line).toBeLessThanOrEqual(lines);
				expect(message.length).toBeGreaterThan(5);
			}
			for (const locale of locales) {
				const model = renderNotebook(notebook, sampleTables({ births, unit }), locale, { arguments: {} });
				for (const { line } of model.faults) expect(line).toBeLessThanOrEqual(lines);
			}
		}),
		{ numRuns: 150, examples: [['---'], ['']] }
	);
});

test('what is read without a fault is what the strict reading gives', () => {
	for (const text of texts) {
		const { notebook, faults } = readNotebook('prov', text);
		expect(faults).toEqual([]);
		expect(parseNotebook('prov', text)).toEqual(notebook);
	}
	expect(() => parseNotebook('prov', 'no header')).toThrow(NotebookError);
});
