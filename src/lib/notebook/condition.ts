import type { Condition } from './block.ts';
import { BlockFault } from './fault.ts';
import { namePattern } from './table.ts';

/** Reads “table”, “table.column”, “not table” or “not table.column”. Throws a BlockFault. */
export function readCondition(written: string): Condition {
	const words = written.trim().split(/\s+/);
	const negated = words[0] === 'not';
	const [named = '', ...more] = negated ? words.slice(1) : words;
	const [table = '', column, ...rest] = named.split('.');
	const names = column === undefined ? [table] : [table, column];
	if (more.length || rest.length || !names.every((name) => namePattern.test(name)))
		throw new BlockFault(
			`“${written}” is no condition: write table, table.column, not table or not table.column`
		);
	return { asked: { table, column }, negated };
}
