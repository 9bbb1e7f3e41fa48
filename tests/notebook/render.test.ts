import { describe, expect, test } from 'vitest';
import { plain } from '#lib/notebook/inline.ts';
import type { Block, Model } from '#lib/notebook/model.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import type { Table } from '#lib/notebook/table.ts';
import { births, bodyLine, sampleTables, unit, written } from './written.ts';

const none: Table = { columns: { a: 'text' }, rows: [] };

function rendered(body: string, locale: 'sv' | 'en' = 'sv'): Model {
	return renderNotebook(
		parseNotebook('prov.md', written(body)),
		sampleTables({ births, unit, none }),
		locale
	);
}

/** The text of paragraphs and list items, as a reader sees it. */
const texts = ({ blocks }: Model) => blocks.flatMap(textsOf);
function textsOf(block: Block): string[] {
	if (block.kind === 'paragraph' || block.kind === 'heading') return [plain(block.text)];
	if (block.kind === 'list') return block.items.flat().flatMap(textsOf);
	if (block.kind === 'section') return block.blocks.flatMap(textsOf);
	return [];
}

test('a value stands in the text as it is written for the reader, and is kept as it is', () => {
	const [block] = rendered('Av {unit.births | count} födslar.').blocks;
	expect(block).toMatchObject({ kind: 'paragraph' });
	expect(block?.kind === 'paragraph' && block.text[1]).toEqual({
		kind: 'value',
		value: { value: 2300, text: '2\u202f300', name: 'unit.births' }
	});
});

test('a value is no Markdown, whatever it holds', () => {
	expect(texts(rendered('## {unit.name}\n\n**{unit.name}**'))).toEqual(['BB *Prov* <1>', 'BB *Prov* <1>']);
});

test('each reader gets the own language only', () => {
	const body = '::: sv\nsvenska\n:::\n::: en\nEnglish\n:::';
	expect(texts(rendered(body))).toEqual(['svenska']);
	expect(texts(rendered(body, 'en'))).toEqual(['English']);
});

test.for<[condition: string, holds: boolean]>([
	['births', true],
	['none', false],
	['not none', true],
	['unit.small', false],
	['not unit.small', true],
	['unit.births', true],
	['unit.births = 2300', true],
	['unit.births != 2300', false],
	['unit.births > 2299.5', true],
	['unit.births >= 2301', false],
	['not unit.births < 2300', true],
	["unit.name = 'BB *Prov* <1>'", true],
	["unit.name < 'BA'", false]
])('“if %s” is %s', ([condition, holds]) => {
	expect(texts(rendered(`::: if ${condition}\nja\n:::`))).toEqual(holds ? ['ja'] : []);
});

test('a loop shows its section once for each row, and its lists become one', () => {
	const model = rendered('::: each births\n- {births.month | month}: {births.births | count}\n:::');
	expect(model.blocks).toHaveLength(1);
	expect(texts(model)).toEqual(['januari 2026: 1\u202f200', 'februari 2026: 1\u202f100', 'mars 2026: 0']);
});

test('a condition inside a loop asks the row of the loop', () => {
	const body = '::: each births\n::: if births.births\n{births.births | count}\n:::\n:::';
	expect(texts(rendered(body))).toEqual(['1\u202f200', '1\u202f100']);
});

const table = (more = '') => `\`\`\`table
from: births
title: { sv: Födslar, en: Births }
columns:
  - { column: month, label: { sv: Månad, en: Month }, format: month }
  - { column: share, label: { sv: Andel, en: Share }, format: share }
${more}\`\`\``;
const rowsOf = (model: Model) =>
	model.blocks[0]?.kind === 'table'
		? model.blocks[0].rows.map(({ cells }) => cells.map(({ text }) => text))
		: [];

describe('a table', () => {
	test('has its values in their formats, and numbers to the right', () => {
		const model = rendered(table());
		expect(rowsOf(model)).toEqual([
			['januari 2026', '94,2\u00a0%'],
			['februari 2026', '100\u00a0%'],
			['mars 2026', '–']
		]);
		expect(
			model.blocks[0]?.kind === 'table' && model.blocks[0].columns.map(({ numeric }) => numeric)
		).toEqual([false, true]);
	});

	test.for<[sort: string, months: string[]]>([
		['share', ['januari', 'februari', 'mars']],
		['-share', ['februari', 'januari', 'mars']],
		['-month', ['mars', 'februari', 'januari']]
	])('in the order of %s has those without a value last', ([sort, months]) => {
		expect(rowsOf(rendered(table(`sort: [${sort}]\n`))).map(([month]) => month?.split(' ')[0])).toEqual(
			months
		);
	});

	test('marks the rows that its column says to look at', () => {
		const [block] = rendered(table('mark: births\n')).blocks;
		expect(block?.kind === 'table' && block.rows.map(({ marked }) => marked)).toEqual([true, true, false]);
	});
});

test('of several texts the first stands whose condition holds', () => {
	const cards = (condition: string) =>
		`\`\`\`cards\n- label: A\n  value:\n    - { if: ${condition}, sv: ja, en: 'yes' }\n    - { sv: nej, en: 'no' }\n\`\`\``;
	const value = (condition: string) => {
		const [block] = rendered(cards(condition)).blocks;
		return block?.kind === 'cards' && plain(block.cards[0]?.value ?? []);
	};
	expect(value('unit.births')).toBe('ja');
	expect(value('unit.small')).toBe('nej');
});

test('a setting of a chart that is nothing but a value is that value; else it is a text', () => {
	const [block] = rendered(
		"```chart\nkind: volume-band\nfrom: births\ntitle: T\nalt: A\nset:\n  years: '{unit.births}'\n  names: { own: 'Om {unit.name}', list: ['{unit.births | count}', 3] }\n```"
	).blocks;
	expect(block?.kind === 'chart' && block.settings).toEqual({
		years: 2300,
		names: { own: 'Om BB *Prov* <1>', list: ['2\u202f300', 3] }
	});
});

describe('a fault stands in the place of its block, and the others are shown', () => {
	test.for<[what: string, block: string, message: string]>([
		['an unknown table', '{unitt.name}', 'did you mean unit?'],
		['an unknown column', '{unit.nam}', 'did you mean name?'],
		['a value of many rows', '{births.share | share}', 'has 3'],
		['a value of no rows', '{none.a}', 'has 0'],
		['a format that does not fit', '{unit.name | count}', 'is not a number'],
		['a number without a format', '{unit.births}', 'give it a format'],
		['a column of a table', table('mark: size\n'), 'no column size']
	])('%s', ([, block, message]) => {
		const model = rendered(`Före\n\n${block}\n\nEfter`);
		expect(texts(model)).toEqual(['Före', 'Efter']);
		expect(model.blocks[1]?.kind).toBe('fault');
		expect(model.faults).toEqual([{ line: bodyLine + 2, message: expect.stringContaining(message) }]);
	});
});

describe('a part of a table', () => {
	const paged = (pages?: Record<string, number>) => {
		const model = renderNotebook(
			parseNotebook('prov.md', written(table('rows: 2\n'))),
			sampleTables({ births }),
			'sv',
			{ pages }
		);
		const [block] = model.blocks;
		return block?.kind === 'table' ? { rows: block.rows.length, page: block.page } : undefined;
	};

	test('is shown page by page where pages are asked for, and a page after the last is the last', () => {
		expect(paged({})).toEqual({ rows: 2, page: { from: 1, to: 2, of: 3, page: 1, pages: 2 } });
		expect(paged({ births: 2 })).toEqual({ rows: 1, page: { from: 3, to: 3, of: 3, page: 2, pages: 2 } });
		expect(paged({ births: 9 })).toEqual(paged({ births: 2 }));
	});

	test('is all of it where no pages are asked for, as in files', () => {
		expect(paged()).toEqual({ rows: 3, page: null });
	});
});

describe('the last row', () => {
	const totals = (total: string, format = 'count') => {
		const model = rendered(`\`\`\`table
from: births
title: T
columns:
  - { column: births, label: A, format: ${format}, total: ${total} }
\`\`\``);
		const [block] = model.blocks;
		expect(model.faults).toEqual([]);
		return block?.kind === 'table' ? block.totals?.[0] : undefined;
	};

	test.for<[total: string, value: number, text: string]>([
		['sum', 2300, '2\u202f300'],
		['least', 0, '0'],
		['greatest', 1200, '1\u202f200'],
		['count', 3, '3']
	])('says the %s of the values', ([total, value, text]) => {
		expect(totals(total)).toEqual({ value, text });
	});

	test('is a share of sums, never a mean of shares', () => {
		const { value } = totals('births / births', 'share') ?? {};
		expect(value).toBe(1);
	});

	test('has a text where it says one', () => {
		expect(totals('{ sv: Alla, en: All }')).toEqual({ value: 'Alla', text: 'Alla' });
	});
});

test('a table inside a loop has the rows only that match the loop’s', () => {
	const model = rendered(`::: each births\n${table('match: month\n')}\n:::`);
	const shown = model.blocks.map(
		(block) => block.kind === 'table' && block.rows.map(({ cells }) => cells[0]?.text)
	);
	expect(shown).toEqual([['januari 2026'], ['februari 2026'], ['mars 2026']]);
});

test('bars begin at 0, heat reaches from the least to the greatest, and both can be told', () => {
	const domain = (more: string) => {
		const [block] = rendered(
			`\`\`\`table\nfrom: births\ntitle: T\ncolumns:\n  - { column: births, label: A, format: count, ${more} }\n\`\`\``
		).blocks;
		return block?.kind === 'table' && block.columns[0]?.domain;
	};
	expect(domain('as: bar')).toEqual([0, 1200]);
	expect(domain('as: heat')).toEqual([0, 1200]);
	expect(domain('as: heat, domain: [1500, 1000]')).toEqual([1500, 1000]);
	expect(domain('as: text')).toBe(null);
});

describe('footnotes', () => {
	test('are numbered in the order in which they are mentioned, each once', () => {
		const model = rendered('a[^b] b[^a] c[^b]\n\n[^a]: första\n[^b]: andra {unit.births | count}');
		expect(model.footnotes.map(({ number, text }) => [number, plain(text)])).toEqual([
			[1, 'andra 2\u202f300'],
			[2, 'första']
		]);
		expect(model.faults).toEqual([]);
	});

	test('are those of the reader’s language', () => {
		const body = 'a[^n]\n\n::: sv\n[^n]: svenska\n:::\n::: en\n[^n]: English\n:::';
		expect(rendered(body, 'en').footnotes.map(({ text }) => plain(text))).toEqual(['English']);
	});
});

test('a table in the text has its values, and its columns to their sides', () => {
	const [block] = rendered('| a | b |\n|---|--:|\n| x | {unit.births \\| count} |').blocks;
	expect(block).toMatchObject({ kind: 'grid', align: [null, 'right'] });
	expect(block?.kind === 'grid' && block.rows.map((row) => row.map(plain))).toEqual([['x', '2\u202f300']]);
});

describe('a notebook that is shown with the values of its parameters', () => {
	const header = `parameters:
  unit: { type: unit, label: { sv: Enhet, en: Unit }, default: '' }
  day: { type: day, label: { sv: Dag, en: Day } }
`;
	const shown = (body: string, more: Parameters<typeof renderNotebook>[3]) =>
		renderNotebook(parseNotebook('prov.md', written(body, header)), sampleTables({ unit }), 'sv', more);
	const choices = { unit: [{ value: 'gavle', label: 'Gävle', group: 'Gävleborg' }] };
	const values = { unit: 'gavle', day: '2026-11-23' };

	test('has fields for all of them first, unless it says where they stand', () => {
		expect(shown('text', { arguments: values }).blocks.map(({ kind }) => kind)).toEqual([
			'inputs',
			'paragraph'
		]);
		const placed = shown('text\n\n```inputs\n- day\n```', { arguments: values }).blocks;
		expect(placed.map(({ kind }) => kind)).toEqual(['paragraph', 'inputs']);
		expect(placed[1]).toMatchObject({ inputs: [{ name: 'day', text: '23 november 2026' }] });
	});

	test('has what there is to choose among, with all of them where the default is nothing', () => {
		const [block] = shown('text', { arguments: values, choices }).blocks;
		expect(block).toMatchObject({
			inputs: [
				{
					value: 'gavle',
					text: 'Gävle',
					choices: [{ value: '', label: 'Alla enheter' }, { value: 'gavle' }]
				},
				{ choices: null }
			]
		});
	});

	test('has nothing but its fields while one has to be chosen', () => {
		const model = shown('{unit.nam}', { arguments: { unit: '' }, missing: ['day'], choices });
		expect(model.faults).toEqual([]);
		expect(model.blocks).toMatchObject([{ kind: 'inputs', inputs: [{ missing: false }, { missing: true }] }]);
	});
});

test('a notebook in one language is read in it by everybody', () => {
	const notebook = parseNotebook('prov.md', written('{unit.births | count}', 'language: en\n'));
	const model = renderNotebook(notebook, sampleTables({ unit }), 'sv');
	expect(model.locale).toBe('en');
	expect(texts(model)).toEqual(['2,300']);
});

test('SQL that made no table is told in its place, and what asks for it says where to look', () => {
	const failed = new Map([['made', { line: bodyLine, message: 'no such column' }]]);
	const notebook = parseNotebook('prov.md', written('```sql made\nselect x\n```\n\n{made.v}\n\nEfter'));
	const model = renderNotebook(notebook, sampleTables({ unit }), 'sv', { failed });
	expect(model.blocks.map(({ kind }) => kind)).toEqual(['fault', 'fault', 'paragraph']);
	expect(model.faults.map(({ message }) => message)).toEqual([
		'no such column',
		`the table made has not been made: see line ${bodyLine}`
	]);
});

test('a loop over more than a page can hold says so', () => {
	const many = { columns: births.columns, rows: Array.from({ length: 1001 }, () => births.rows[0] ?? {}) };
	const notebook = parseNotebook('prov.md', written('::: each many\ntext\n:::'));
	expect(renderNotebook(notebook, sampleTables({ many }), 'sv').faults).toEqual([
		{ line: bodyLine, message: expect.stringContaining('at most 1000') }
	]);
});
