import { mergedFaults, type Fault } from '#lib/notebook/fault.ts';
import { faultOf, orderSteps, type SqlBlock } from '#lib/notebook/graph.ts';
import type { Table } from '#lib/notebook/table.ts';
import { columnsAsked } from './desk-columns.ts';
import { keyOf, tableKey } from './desk-given.ts';
import type { Inspection, SqlFault, Step } from './sandbox.ts';

/** What the SQL blocks of a notebook come to before any is run. */
export type Planned = {
	/** Each after those that it uses. */
	ordered: SqlBlock[];
	uses: ReadonlyMap<string, readonly string[]>;
	/** What is wrong with a block that cannot be run, by its name. */
	failed: Map<string, Fault>;
	faults: Fault[];
};

/** Puts blocks in an order in which they can be run. `known` are the tables that there are before. */
export function planned(
	blocks: readonly SqlBlock[],
	inspected: ReadonlyMap<string, Inspection>,
	known: readonly string[]
): Planned {
	const uses = new Map<string, readonly string[]>();
	const failed = new Map<string, Fault>();
	for (const block of blocks) {
		const found = inspected.get(block.sql);
		if (found && 'uses' in found)
			uses.set(
				block.name,
				found.uses.map((each) => each.toLowerCase())
			);
		else if (found) failed.set(block.name, faultOf(block, found.line, found.fault));
	}
	const { ordered, faults } = orderSteps(blocks, uses, known);
	const runnable = new Set(ordered.map(({ name }) => name));
	for (const block of blocks) {
		if (runnable.has(block.name) || failed.has(block.name)) continue;
		failed.set(
			block.name,
			faults.find((fault) => isOf(block, fault)) ?? faultOf(block, null, 'it was not run')
		);
	}
	return { ordered, uses, failed, faults: mergedFaults(faults, [...failed.values()]) };
}

/** Whether a fault stands in a block's text, or at the include that the block came by. */
function isOf({ line, sql, within, name }: SqlBlock, fault: Fault): boolean {
	if (within) return fault.line === within.line && fault.message.includes(name);
	return fault.line >= line && fault.line <= line + sql.split('\n').length;
}

/** Tables that SQL may ask beside those of other SQL. */
export type Sources = {
	given: ReadonlyMap<string, Table>;
	/** Names what the snapshot holds; null where there is none. */
	snapshot: string | null;
};

/** The step that shows a table of the snapshot as it is; no block of a notebook can be called so. */
export const shownStep = (name: string) => `_${name}`;

/**
 * The steps of what is planned, and of the tables that are shown as they are, with their keys: what a step's result is
 * made of. Of a table of one row a step depends on the columns only that its text names, so that it is kept when
 * another parameter changes.
 */
export function steps(
	{ ordered, uses }: Pick<Planned, 'ordered' | 'uses'>,
	shown: readonly string[],
	{ given, snapshot }: Sources
): Step[] {
	const keys = new Map<string, string>();
	const whole = new Map<string, string>();
	const keyOfTable = (name: string, sql: string): string => {
		const table = given.get(name);
		if (!table) return keys.get(name) ?? `snapshot ${snapshot}`;
		if (table.rows.length === 1) {
			const columns = columnsAsked(sql, name);
			if (columns !== 'all') return tableKey(table, columns);
		}
		const known = whole.get(name) ?? tableKey(table);
		whole.set(name, known);
		return known;
	};
	const texts = [
		...ordered.map(({ name, sql }) => ({ name, sql, used: uses.get(name) ?? [] })),
		...shown.map((name) => ({ name: shownStep(name), sql: `select * from ${name}`, used: [name] }))
	];
	return texts.map(({ name, sql, used }) => {
		const key = keyOf(
			name,
			sql,
			used.map((each) => [each, keyOfTable(each, sql)])
		);
		keys.set(name, key);
		return { name, key, sql, uses: used };
	});
}

/** Some steps with all that they use, in the order of the steps. */
export function withNeeds(all: readonly Step[], wanted: Iterable<string>): Step[] {
	const needed = new Set(wanted);
	for (const { name, uses } of all.toReversed())
		if (needed.has(name)) for (const each of uses) needed.add(each);
	return all.filter(({ name }) => needed.has(name));
}

/**
 * Notes what went wrong when steps were run: of a block its own fault, or, once, that it waits for another that has one.
 */
export function addRefused({ ordered, uses, failed }: Planned, refused: ReadonlyMap<string, SqlFault>): void {
	const lines = new Map(ordered.map((block) => [block.name, (block.within ?? block).line]));
	for (const block of ordered) {
		const before = uses.get(block.name)?.find((each) => failed.has(each));
		const fault = refused.get(block.name);
		if (before !== undefined)
			failed.set(
				block.name,
				faultOf(block, null, `${block.name} waits for ${before}, which is wrong on line ${lines.get(before)}`)
			);
		else if (fault) failed.set(block.name, faultOf(block, fault.line, fault.fault));
	}
}

/** The tables that a notebook names outside of its SQL. */
export function mentionedTables(written: unknown, found: Set<string> = new Set()): Set<string> {
	if (Array.isArray(written)) for (const each of written) mentionedTables(each, found);
	else if (typeof written === 'object' && written !== null)
		for (const [key, value] of Object.entries(written)) {
			if (typeof value === 'string' && (key === 'from' || key === 'table')) found.add(value);
			else mentionedTables(value, found);
		}
	return found;
}
