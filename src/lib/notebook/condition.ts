import { comparisons, type Comparison, type Condition } from './block.ts';
import { BlockFault } from './fault.ts';

const pattern =
	/^(?<not>not\s+)?(?<table>[a-z][a-z0-9_]*)(?:\.(?<column>[a-z][a-z0-9_]*))?(?:\s*(?<sign>[=!<>]{1,2})\s*(?<with>.*))?$/;

/**
 * Reads “table”, “table.column”, “table.column = 'text'” or “table.column >= 3”, each perhaps with “not” before it.
 * Throws a BlockFault.
 */
export function readCondition(written: string, line?: number): Condition {
	const found = pattern.exec(written.trim())?.groups;
	if (!found?.table) throw new BlockFault(`“${written}” is no condition: write ${forms}`, line);
	const { table, column, sign, with: compared } = found;
	return {
		asked: { table, ...(column === undefined ? {} : { column }) },
		negated: found.not !== undefined,
		...(sign === undefined ? {} : { compared: comparisonOf(written, column, sign, compared ?? '', line) }),
		...(line === undefined ? {} : { line })
	};
}

const forms = "table, table.column, table.column = 'text', table.column > 3, or one of these after not";

function comparisonOf(
	written: string,
	column: string | undefined,
	sign: string,
	compared: string,
	line: number | undefined
): { sign: Comparison; with: string | number } {
	const known = comparisons.find((each) => each === sign);
	if (!known)
		throw new BlockFault(`“${written}”: ${sign} is no comparison; there are ${comparisons.join(', ')}`, line);
	if (column === undefined)
		throw new BlockFault(`“${written}” compares a whole table: write table.column`, line);
	const text = /^'((?:[^']|'')*)'$/.exec(compared)?.[1];
	if (text !== undefined) return { sign: known, with: text.replaceAll("''", "'") };
	if (compared === '' || !Number.isFinite(Number(compared)))
		throw new BlockFault(`“${written}”: a value is compared with a number or with a text in '…'`, line);
	return { sign: known, with: Number(compared) };
}
