import { describe, expect, test } from 'vitest';
import { NotebookError } from '#lib/notebook/fault.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { bodyLine, written } from './written.ts';

/** What is wrong with a notebook, as line and message. */
function faults(text: string): { line: number; message: string }[] {
	try {
		parseNotebook('prov.md', text);
		return [];
	} catch (error) {
		if (!(error instanceof NotebookError)) throw error;
		return [...error.faults];
	}
}
const bodyFaults = (body: string) =>
	faults(written(body)).map(({ line, message }) => ({ line: line - bodyLine + 1, message }));

test('a notebook is read into its blocks, each with its line', () => {
	const { blocks } = parseNotebook(
		'prov.md',
		written('## Rubrik\n\nText\n\n- ett\n- två\n\n```sql a\nselect 1\n```\n::: sv\nsvenska\n:::\n')
	);
	expect(blocks.map(({ kind, line }) => [kind, line - bodyLine + 1])).toEqual([
		['heading', 1],
		['paragraph', 3],
		['list', 5],
		['sql', 8],
		['language', 11]
	]);
});

test('sections lie inside sections', () => {
	const { blocks } = parseNotebook('prov.md', written('::: if unit\n::: keep\ntext\n:::\n:::\n'));
	const [outer] = blocks;
	expect(outer?.kind).toBe('condition');
	expect(outer && 'blocks' in outer && outer.blocks[0]?.kind).toBe('section');
});

test('the text of another system’s line ends is read the same', () => {
	const text = written('## Rubrik\n\n```sql a\nselect 1\n```\n');
	expect(parseNotebook('a', text.replaceAll('\n', '\r\n'))).toEqual(parseNotebook('a', text));
});

describe('a fault is told at its line', () => {
	test.for<[what: string, body: string, line: number, message: string]>([
		['an unknown block', 'text\n\n```sqk a\nselect 1\n```', 3, 'did you mean sql?'],
		['SQL without a name', '```sql\nselect 1\n```', 1, 'needs a name'],
		['a block without an end', '\n```sql a\nselect 1', 2, '``` is missing'],
		['a section without an end', '::: sv\ntext', 1, '::: is missing'],
		['an end without a section', 'text\n\n:::', 3, 'no section is open'],
		['an unknown section', '::: eachh unit\n:::', 1, 'did you mean each?'],
		['a condition that is none', '::: if a.b.c\n:::', 1, 'is no condition'],
		['a brace that is no value', 'ett\n\ntvå {unit} tre', 3, 'is no value'],
		['an unknown format', '{unit.name | shares}', 1, 'did you mean share?'],
		['HTML', '<b>fet</b>', 1, 'HTML'],
		['a picture', '![bild](a.png)', 1, 'image'],
		['a link to a script', '[här](javascript:alert)', 1, 'nowhere safe'],
		['a value in a table in the text', '| a |\n|---|\n| b |\n| {c} |', 4, 'is no value'],
		['a first-level heading', '# Titel', 1, 'two to four #'],
		[
			'an unknown key',
			'```table\nfrom: a\ntitle: T\ncolour: red\ncolumns:\n  - { column: a, label: A }\n```',
			4,
			'colour'
		],
		['a missing key', '```chart\nkind: volume-band\nfrom: a\ntitle: T\n```', 2, 'alt'],
		['YAML that is none', '```table\nfrom: [a\n```', 2, ''],
		['a text in one language', '```cards\n- { label: { sv: A }, value: B }\n```', 2, '{ sv: …, en: … }'],
		[
			'a column’s format',
			'```table\nfrom: a\ntitle: T\ncolumns:\n  - { column: a, label: A, format: shar }\n```',
			5,
			'did you mean share?'
		]
	])('%s', ([, body, line, message]) => {
		const found = bodyFaults(body);
		expect(found.length).toBeGreaterThan(0);
		expect(found[0]?.line).toBe(line);
		expect(found[0]?.message).toContain(message);
	});
});

test('all faults are told at once, in their order', () => {
	expect(bodyFaults('{a}\n\n```sqk\n```\n\n{b}').map(({ line }) => line)).toEqual([1, 3, 6]);
});

test('a fault names the file and the line in its message', () => {
	expect(() => parseNotebook('prov.md', written('{a}'))).toThrow(`prov.md:${bodyLine} `);
});

describe('the header', () => {
	test('has to be there', () => expect(faults('## Text')[0]).toMatchObject({ line: 1 }));
	test('is checked, with lines of the file', () => {
		expect(faults('---\ntitle: A\naudience: everybody\nsource: unit\n---\n')[0]).toMatchObject({ line: 3 });
		expect(faults(written('', 'colour: red\n'))[0]).toMatchObject({
			line: 5,
			message: expect.stringContaining('colour')
		});
	});
	test('has choices for a parameter of choices, and for no other', () => {
		const parameter = (more: string) =>
			written('', `parameters:\n  a: { type: ${more}, label: { sv: A, en: A } }\n`);
		expect(faults(parameter('choice'))).not.toEqual([]);
		expect(faults(parameter('text, choices: [a]'))).not.toEqual([]);
		expect(faults(parameter('choice, choices: [a]'))).toEqual([]);
	});
});

test('what stands in a comment is not read, also a block or a section that has been put into one', () => {
	const { blocks } = parseNotebook('n', written('ett\n\n<!--\n::: sv\n\n```sql x\nselekt\n```\n-->\n\ntvå'));
	expect(blocks.map(({ kind, line }) => [kind, line])).toEqual([
		['paragraph', bodyLine + 0],
		['paragraph', bodyLine + 10]
	]);
});
