import type { SourceBlock } from './block.ts';
import { nearest, type Fault } from './fault.ts';

/** An SQL block: its text begins on the line after `line`. `within` is the notebook that it was included from. */
export type SqlBlock = { kind: 'sql'; name: string; sql: string; line: number; within?: Included };

/** An include: the other notebook's name, and the line on which it is included. */
export type Included = { name: string; line: number };

/** Every SQL block, also those inside sections and includes, in the order of the notebook. */
export function sqlBlocks(blocks: readonly SourceBlock[], within?: Included): SqlBlock[] {
	return blocks.flatMap((block): SqlBlock[] => {
		if (block.kind === 'sql') return [within ? { ...block, within } : block];
		// of includes inside an include the outer one is told: its line is one of the notebook itself
		if (block.kind === 'included')
			return sqlBlocks(block.blocks, within ?? { name: block.name, line: block.line });
		return 'blocks' in block ? sqlBlocks(block.blocks, within) : [];
	});
}

/**
 * A fault of an SQL block, at its line of the notebook: `line` is counted from 1 within the block's SQL, null where it is
 * not known. What is wrong in an included block is told at the include.
 */
export function faultOf({ within, line: begins }: SqlBlock, line: number | null, message: string): Fault {
	const at = begins + (line ?? 0);
	return within
		? { line: within.line, message: `in ${within.name}, line ${at}: ${message}` }
		: { line: at, message };
}

/**
 * The SQL blocks in an order in which each comes after those that it needs; where nothing says otherwise, in the order
 * of writing. Left out, each with a fault, are those that need a name that there is not, that go round in a circle, or
 * whose name is taken; and what waits for one of these, or for a block that has no entry in `uses`, because something is
 * wrong with it already.
 *
 * @param uses the tables that each block asks, by the block's name
 * @param known the tables that there are before
 */
export function orderSteps(
	blocks: readonly SqlBlock[],
	uses: ReadonlyMap<string, readonly string[]>,
	known: Iterable<string>
): { ordered: SqlBlock[]; faults: Fault[] } {
	const faults: Fault[] = [];
	const given = new Map([...known].map((name) => [name.toLowerCase(), name]));
	const byName = new Map<string, SqlBlock>();
	for (const block of blocks) {
		const before = byName.get(block.name);
		if (given.has(block.name))
			faults.push(faultOf(block, null, `there is a table ${block.name} already: choose another name`));
		else if (before)
			faults.push(
				faultOf(
					block,
					null,
					`there is a table ${block.name} already, made on line ${(before.within ?? before).line}: choose another name`
				)
			);
		else byName.set(block.name, block);
	}
	const needsOf = ({ name }: SqlBlock) => [
		...new Set((uses.get(name) ?? []).map((each) => each.toLowerCase()))
	];
	const isWrong = new Set([...byName.values()].filter(({ name }) => !uses.has(name)));
	const names = [...given.values(), ...byName.keys()];
	for (const block of byName.values()) {
		const unknown = needsOf(block).find((need) => !given.has(need) && !byName.has(need));
		if (unknown === undefined || isWrong.has(block)) continue;
		isWrong.add(block);
		const line = lineOfWord(block.sql, unknown);
		faults.push(faultOf(block, line, `there is no table ${unknown}${nearest(unknown, names)}`));
	}
	for (const circle of circlesOf([...byName.values()], (block) => needsOf(block).flatMap(ownBlock))) {
		for (const block of circle) isWrong.add(block);
		const [first] = circle;
		if (!first) continue;
		const told =
			circle.length === 1
				? 'itself'
				: [...circle.slice(1), first].map(({ name }) => name).join(', which needs ');
		faults.push(faultOf(first, null, `${first.name} needs ${told}: one of them has to do without`));
	}
	const ordered: SqlBlock[] = [];
	const place = (block: SqlBlock): boolean => {
		if (isWrong.has(block)) return false;
		if (ordered.includes(block)) return true;
		const waitsFor = needsOf(block)
			.flatMap(ownBlock)
			.find((need) => !place(need));
		if (waitsFor === undefined) return ordered.push(block) > 0;
		isWrong.add(block);
		faults.push(
			faultOf(
				block,
				null,
				`${block.name} waits for ${waitsFor.name}, which is wrong on line ${(waitsFor.within ?? waitsFor).line}`
			)
		);
		return false;
	};
	for (const block of byName.values()) place(block);
	return { ordered, faults: faults.toSorted((a, b) => a.line - b.line) };

	function ownBlock(name: string): SqlBlock[] {
		const found = byName.get(name);
		return found ? [found] : [];
	}
}

/** The line, from 1, on which a word stands first; null where it does not. */
function lineOfWord(sql: string, word: string): number | null {
	const pattern = new RegExp(`(?<![\\w.])"?${word.replace(/\W/g, '\\$&')}\\b`, 'i');
	const at = sql.split('\n').findIndex((line) => pattern.test(line));
	return at < 0 ? null : at + 1;
}

/** The circles in which nodes lead to each other, each told once, from its first node on. */
function circlesOf<Node>(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Node[][] {
	const done = new Set<Node>();
	const circles: Node[][] = [];
	const walk = (node: Node, path: readonly Node[]) => {
		const begins = path.indexOf(node);
		if (begins >= 0) circles.push(path.slice(begins));
		if (begins >= 0 || done.has(node)) return;
		for (const each of next(node)) walk(each, [...path, node]);
		done.add(node);
	};
	for (const node of nodes) walk(node, []);
	return circles;
}
