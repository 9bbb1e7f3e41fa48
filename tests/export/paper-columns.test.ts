import { expect, test } from 'vitest';
import type { ShownColumn, ShownRow } from '#lib/notebook/model.ts';
import { columnSpace, paperColumns, paperTextWidth, paperWidth } from '#lib/server/export/paper-columns.ts';

const column = (label: string, width: number | null = null): ShownColumn => ({
	name: label,
	label: [{ kind: 'text', text: label }],
	definition: null,
	numeric: false,
	format: 'text',
	as: 'text',
	width,
	domain: null
});
const row = (...texts: string[]): ShownRow => ({
	marked: false,
	cells: texts.map((text) => ({ value: text, text }))
});
const columns = (heads: ShownColumn[], rows: ShownRow[]) =>
	paperColumns(heads, rows, true, (as) => (as === 'text' ? 0 : 50));

test('a column is as wide as its widest text, and never narrower than a word of its head', () => {
	const { widths } = columns([column('n'), column('Otillåtet')], [row('1', '0'), row('123 456', '0')]);
	const [first, second] = widths.map((width) => ('points' in width ? width.points : 0));
	expect(first).toBeGreaterThanOrEqual(paperTextWidth('123 456', 8.5));
	expect(second).toBeGreaterThanOrEqual(paperTextWidth('Otillåtet', 8));
});

test('a text that does not fit its part of the width takes more lines, and only its row is told so', () => {
	const long = 'ord '.repeat(60);
	expect(columns([column('Text', 1), column('n')], [row('kort', '1'), row(long, '2')]).wraps).toEqual([
		false,
		true
	]);
});

test('two parts share what the others leave', () => {
	const heads = [column('a', 1), column('b', 3), column('c')];
	const half = 'm'.repeat(Math.floor((paperWidth - 2 * columnSpace) / 4 / paperTextWidth('m', 8.5)) + 2);
	expect(columns(heads, [row(half, '', ''), row('', half, '')]).wraps).toEqual([true, false]);
});

test('the space before a column is taken from its own part', () => {
	const heads = [column('a', 1), column('b', 1)];
	const half = paperWidth / 2 - columnSpace / 2;
	const wide = 'm'.repeat(Math.floor(half / paperTextWidth('m', 8.5)));
	expect(columns(heads, [row(wide, ''), row('', wide)]).wraps).toEqual([false, true]);
});

test('a character that nobody thought of is taken to be wide', () => {
	expect(paperTextWidth('漢', 10)).toBeGreaterThan(paperTextWidth('D', 10));
});
