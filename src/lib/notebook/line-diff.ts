import { lineChanges } from './line-changes.ts';

/** A line of one or both of two texts, with its number in each, from 1. */
export type DiffLine = { text: string; before: number | null; after: number | null };

/** A stretch of two texts laid side by side: lines that are the same, or those taken away and put in their place. */
export type DiffPart =
	| { kind: 'same'; lines: DiffLine[]; isFolded: boolean }
	| { kind: 'changed'; taken: DiffLine[]; added: DiffLine[] };

/**
 * How a text became another one, line by line. Of what is the same, `around` lines stand beside a change; the rest is
 * folded, where it is more than one line.
 */
export function lineDiff(before: string, after: string, around = 3): DiffPart[] {
	const lines = before.split('\n');
	const parts: DiffPart[] = [];
	let at = 0;
	let shift = 0;
	const same = (to: number) => {
		const run = lines.slice(at, to).map((text, index): DiffLine => {
			const number = at + index + 1;
			return { text, before: number, after: number + shift };
		});
		parts.push(...folded(run, at === 0 ? 0 : around, to === lines.length ? 0 : around));
	};
	for (const { from, to, lines: put } of lineChanges(lines, after.split('\n'))) {
		same(from);
		parts.push({
			kind: 'changed',
			taken: lines.slice(from, to).map((text, index) => ({ text, before: from + index + 1, after: null })),
			added: put.map((text, index) => ({ text, before: null, after: from + shift + index + 1 }))
		});
		shift += put.length - (to - from);
		at = to;
	}
	same(lines.length);
	return parts;
}

/** A run of lines that are the same, with its middle folded: `head` and `tail` lines stand. */
function folded(run: DiffLine[], head: number, tail: number): DiffPart[] {
	const part = (lines: DiffLine[], isFolded: boolean): DiffPart[] =>
		lines.length ? [{ kind: 'same', lines, isFolded }] : [];
	if (run.length <= head + tail + 1) return part(run, false);
	return [
		...part(run.slice(0, head), false),
		...part(run.slice(head, run.length - tail), true),
		...part(run.slice(run.length - tail), false)
	];
}

/** How many lines a difference adds and takes away. */
export function diffCounts(parts: readonly DiffPart[]): { added: number; taken: number } {
	const changed = parts.filter((part) => part.kind === 'changed');
	return {
		added: changed.reduce((sum, { added }) => sum + added.length, 0),
		taken: changed.reduce((sum, { taken }) => sum + taken.length, 0)
	};
}
