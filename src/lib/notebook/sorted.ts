import type { Locale } from '#lib/catalogue/text.ts';
import type { Cell, Row } from './table.ts';

/** The rows in the order of the columns named; those without a value last, whichever way. Equal rows keep their order. */
export function sorted(
	rows: readonly Row[],
	by: readonly { column: string; descending: boolean }[],
	locale: Locale
): readonly Row[] {
	if (by.length === 0) return rows;
	const { compare } = new Intl.Collator(locale);
	return rows.toSorted((a, b) => {
		for (const { column, descending } of by) {
			const order = compared(a[column] ?? null, b[column] ?? null, compare);
			if (order !== 0) return bothTold(a[column], b[column]) && descending ? -order : order;
		}
		return 0;
	});
}

function compared(a: Cell, b: Cell, compare: (a: string, b: string) => number): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	if (typeof a === 'string' && typeof b === 'string') return compare(a, b);
	return a < b ? -1 : a > b ? 1 : 0;
}

const bothTold = (a: Cell | undefined, b: Cell | undefined) => (a ?? null) !== null && (b ?? null) !== null;
