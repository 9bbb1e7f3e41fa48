import { describe, expect, test } from 'vitest';
import { plain } from '#lib/notebook/inline.ts';
import type { Block, Model } from '#lib/notebook/model.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import type { Table, Tables } from '#lib/notebook/table.ts';
import { births, bodyLine, unit, written } from './written.ts';

const tablesOf = (tables: Record<string, Table>): Tables =>
	new Map(
		Object.entries(tables).map(([name, { columns, rows }]) => [name, { columns: Object.keys(columns), rows }])
	);
const none: Table = { columns: { a: 'text' }, rows: [] };

function rendered(body: string, locale: 'sv' | 'en' = 'sv'): Model {
	return renderNotebook(parseNotebook('prov.md', written(body)), tablesOf({ births, unit, none }), locale);
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
	['unit.births', true]
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
