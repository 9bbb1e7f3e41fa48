import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScan, delimiterOf, limits } from '#lib/submission/scan.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
function scanned(text: string, delimiter: ';' | ',' | '\t' = ';') {
	const scan = createScan(delimiter);
	scan.feed(bytes(text));
	return scan.end();
}

test('the delimiter is the one that stands most often in the header, quoted names aside', () => {
	expect(delimiterOf('REF;BFODDAT;BVIKT')).toBe(';');
	expect(delimiterOf('REF,BFODDAT')).toBe(',');
	expect(delimiterOf('REF\tBFODDAT,x\tBVIKT')).toBe('\t');
	expect(delimiterOf('"a,b,c,d";REF')).toBe(';');
	expect(delimiterOf('REF')).toBe(';');
});

test('rows are records: the header, blank lines and line breaks in quotes do not count', () => {
	expect(scanned('a;b\n1;2\n\n"3\n4";5')).toMatchObject({
		header: ['a', 'b'],
		rows: 2,
		blankLines: true,
		quotedLineEnds: true,
		refusals: []
	});
});

test('the line ends of a file are one kind, or other', () => {
	expect(scanned('a;b\n1;2\n3;4\n').newline).toBe('\n');
	expect(scanned('a;b\r\n1;2\r\n3;4\r\n').newline).toBe('\r\n');
	expect(scanned('a;b\r1;2\r').newline).toBe('other');
	expect(scanned('a;b\r\n1;2\n').newline).toBe('other');
	expect(scanned('a;b\r\n"1\n";2\r\n').newline).toBe('\r\n');
});

test('a refusal names the first row and counts rows, not places', () => {
	expect(scanned('a;b\n1;x"y"z\n2;3\n4;5"6"').refusals).toEqual([
		{ rule: 'strayQuote', row: 2, column: 'b', count: 2 }
	]);
});

test('the longest row is measured in bytes, so that the reader can make room for it', () => {
	expect(scanned(`a;b\n1;2\n3;${'å'.repeat(1000)}\n`).longestRow).toBe(2003);
	expect(scanned(`a;b\n1;2\n"3";${'å'.repeat(1000)}\n`).longestRow).toBe(2005);
});

test('a field may be as long as the limit and no longer', () => {
	expect(scanned(`a;b\n1;${'x'.repeat(limits.fieldBytes)}\n`).refusals).toEqual([]);
	expect(scanned(`a;b\n1;${'x'.repeat(limits.fieldBytes + 1)}\n2;3\n`).refusals).toEqual([
		{ rule: 'fieldTooLong', row: 2, column: 'b', count: 1, limit: limits.fieldBytes }
	]);
});

test('a name in the header that fills a megabyte is not kept whole', () => {
	expect(scanned(`a;${'x'.repeat(1 << 20)}\n1;2\n`).header[1]?.length).toBe(1000);
});

const piece = fc.constantFrom(
	'"',
	';',
	'\n',
	'\r',
	'\r\n',
	'\u0000',
	'å',
	'abc',
	'',
	'1;2\n',
	'"x";y\r\n',
	'3;4\r\n'
);

test('where the bytes are cut makes no difference', () => {
	fc.assert(
		fc.property(
			fc.array(piece, { maxLength: 40 }).map((parts) => `a;b\n${parts.join('')}`),
			fc.array(fc.nat(60), { maxLength: 6 }),
			(text, cuts) => {
				const all = bytes(text);
				const places = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
				const scan = createScan(';');
				places.forEach((place, index) => scan.feed(all.subarray(place, places[index + 1] ?? all.length)));
				const { longestRow: _inParts, ...inParts } = scan.end();
				const { longestRow: _atOnce, ...atOnce } = scanned(text);
				expect(inParts).toEqual(atOnce);
			}
		),
		{ seed: 7, numRuns: 500 }
	);
});
