import type { Comparison, Condition } from './block.ts';
import { BlockFault } from './fault.ts';
import { cellOf, firstRow, tableOf, type Scope } from './scope.ts';
import type { Cell } from './table.ts';

/**
 * Whether a condition holds; inside a loop over its table it is asked of the loop's row. Nothing compares with nothing:
 * where there is no value, no comparison holds. Throws a BlockFault, at the condition's line.
 */
export function holds({ asked, negated, compared, line }: Condition, scope: Scope): boolean {
	const { table, column } = asked;
	const told = (): boolean => {
		if (column === undefined) return scope.rows.has(table) || tableOf(table, scope, line).rows.length > 0;
		const value = cellOf(firstRow(table, scope, line), table, column, line);
		if (compared) return compares(value, compared, `${table}.${column}`, line);
		return Array.isArray(value) ? value.length > 0 : Boolean(value);
	};
	return told() !== negated;
}

function compares(
	value: Cell,
	{ sign, with: other }: { sign: Comparison; with: string | number },
	name: string,
	line: number | undefined
): boolean {
	if (value === null) return false;
	if (typeof value === 'number' && typeof other === 'number') return order(sign, value - other);
	if (typeof value === 'string' && typeof other === 'string')
		return order(sign, value < other ? -1 : value > other ? 1 : 0);
	const is = typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : undefined;
	throw new BlockFault(
		is === undefined
			? `${name} is neither a number nor a text: nothing compares with it`
			: `${name} is ${is} (${String(value)}), and is compared with ${typeof other === 'string' ? `'${other}'` : other}`,
		line
	);
}

function order(sign: Comparison, difference: number): boolean {
	switch (sign) {
		case '=':
			return difference === 0;
		case '!=':
			return difference !== 0;
		case '<':
			return difference < 0;
		case '<=':
			return difference <= 0;
		case '>':
			return difference > 0;
		case '>=':
			return difference >= 0;
	}
}
