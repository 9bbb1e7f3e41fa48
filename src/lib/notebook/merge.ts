import { lineChanges, type LineChange } from './line-changes.ts';

/** What stands beside the marks of a place where two changed the same lines: whose lines follow, and what to do. */
export type MarkWords = { mine: string; theirs: string; end: string };

/** Two texts that were made of the same one, as one; with marks where both changed the same lines. */
export type Merged = { text: string; conflicts: number };

/**
 * Merges what two people made of the text `base`, line by line: what only one changed is taken, what both changed in
 * the same way too. Where they changed the same lines, or lines that touch, in different ways, both stand there
 * between marks. The texts end their lines in LF. (Three-way merging: Khanna, Kunal, Pierce, FSTTCS 2007.)
 */
export function merge(mine: string, base: string, theirs: string, words: MarkWords): Merged {
	const lines = base.split('\n');
	const own = lineChanges(lines, mine.split('\n'));
	const other = lineChanges(lines, theirs.split('\n'));
	const merged: (readonly string[])[] = [];
	let conflicts = 0;
	let at = 0;
	for (const { from, to } of places([...own, ...other])) {
		merged.push(lines.slice(at, from));
		at = to;
		const here = within(own, from, to);
		const there = within(other, from, to);
		const mineHere = replayed(lines, here, from, to);
		const theirsHere = replayed(lines, there, from, to);
		if (!there.length || mineHere.join('\n') === theirsHere.join('\n')) merged.push(mineHere);
		else if (!here.length) merged.push(theirsHere);
		else {
			conflicts++;
			merged.push([begin + words.mine], mineHere, [between + words.theirs], theirsHere, [end + words.end]);
		}
	}
	merged.push(lines.slice(at));
	return { text: merged.flat().join('\n'), conflicts };
}

/** The stretches of lines that changes are about; those that overlap or touch are one. */
function places(changes: readonly LineChange[]): { from: number; to: number }[] {
	const found: { from: number; to: number }[] = [];
	for (const { from, to } of changes.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
		const last = found.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else found.push({ from, to });
	}
	return found;
}

const within = (changes: readonly LineChange[], from: number, to: number) =>
	changes.filter((change) => change.from >= from && change.to <= to);

/** The lines of a stretch as one person's changes have left them. */
function replayed(
	lines: readonly string[],
	changes: readonly LineChange[],
	from: number,
	to: number
): string[] {
	const made: (readonly string[])[] = [];
	let at = from;
	for (const change of changes) {
		made.push(lines.slice(at, change.from), change.lines);
		at = change.to;
	}
	return [...made, lines.slice(at, to)].flat();
}

const begin = '<<<<<<< ';
const between = '======= ';
const end = '>>>>>>> ';

/** The lines, from 1, on which marks stand that `merge` has put there. */
export function markedLines(text: string): number[] {
	return text
		.split('\n')
		.flatMap((line, at) => ([begin, between, end].some((mark) => line.startsWith(mark)) ? [at + 1] : []));
}
