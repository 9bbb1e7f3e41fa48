import { expect, test } from 'vitest';
import { csvLine } from '#lib/format/csv.ts';

test('cells stand between semicolons, and a line ends as spreadsheets expect', () => {
	expect(csvLine([12, 'BVIKT', null])).toBe('12;BVIKT;\r\n');
});

test('a cell with a delimiter, a quote or a line end stands in quotes', () => {
	expect(csvLine(['a;b', 'say "a"', 'one\ntwo'])).toBe('"a;b";"say ""a""";"one\ntwo"\r\n');
});

test.for(['=1+1', '+46 8', '-x', '@SUM(A1)', '\tx', '-1+2', '=HYPERLINK("x")'])(
	'what a spreadsheet would take for a formula is text: %s',
	(text) => {
		expect(csvLine([text])).toMatch(/^"?'/);
	}
);

test.for(['-5', '3,4', '-0.25', '+7', '1132'])('a number stays a number: %s', (text) => {
	expect(csvLine([text])).toBe(`${text}\r\n`);
});

test('numbers have the decimal mark of the language, and a cell that holds what stands between cells its quotes', () => {
	expect(csvLine([0.5, -1e-7, 'a,b;c'])).toBe('0,5;-1e-7;"a,b;c"\r\n');
	expect(csvLine([0.5, -1e-7, 'a,b;c'], 'en')).toBe('0.5,-1e-7,"a,b;c"\r\n');
});
