import { BlockFault } from './fault.ts';
import type { Total } from './spec.ts';
import type { Cell, Row } from './table.ts';

/**
 * What a column of rows comes to; null where there is nothing to count. A mean is of the values that there are; one
 * column over another is the sum of the one over that of the other, of the rows that have both. Throws a BlockFault
 * where a value is no number.
 */
export function totalOf(
	total: Exclude<Total, { words: unknown }>,
	column: string,
	rows: readonly Row[]
): Cell {
	if ('of' in total) {
		const [numerator, denominator] = total.of;
		const both = rows.filter(
			(row) => numberIn(row, numerator) !== null && numberIn(row, denominator) !== null
		);
		const below = sum(numbersIn(both, denominator));
		return below === 0 ? null : sum(numbersIn(both, numerator)) / below;
	}
	if (total.kind === 'count') return rows.filter((row) => (row[column] ?? null) !== null).length;
	const numbers = numbersIn(rows, column);
	if (numbers.length === 0) return null;
	switch (total.kind) {
		case 'sum':
			return sum(numbers);
		case 'mean':
			return sum(numbers) / numbers.length;
		case 'least':
			return numbers.reduce((least, each) => Math.min(least, each));
		case 'greatest':
			return numbers.reduce((greatest, each) => Math.max(greatest, each));
	}
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const numbersIn = (rows: readonly Row[], column: string) =>
	rows.map((row) => numberIn(row, column)).filter((each) => each !== null);

function numberIn(row: Row, column: string): number | null {
	const value = row[column] ?? null;
	if (value === null || typeof value === 'number') return value;
	throw new BlockFault(`the total of ${column}: ${JSON.stringify(value)} is not a number`);
}
