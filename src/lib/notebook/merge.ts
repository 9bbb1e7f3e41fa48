import { diff3Merge } from 'node-diff3';

/** What stands beside the marks of a place where two changed the same lines: whose lines follow, and what to do. */
export type MarkWords = { mine: string; theirs: string; end: string };

/** Two texts that were made of the same one, as one; with marks where both changed the same lines. */
export type Merged = { text: string; conflicts: number };

/**
 * Merges what two people made of the text `base`, line by line: what only one changed is taken, what both changed in
 * the same way too. Where they changed the same lines in different ways both stand there, between marks. The texts
 * end their lines in LF.
 */
export function merge(mine: string, base: string, theirs: string, words: MarkWords): Merged {
	let conflicts = 0;
	const lines = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n')).flatMap(
		({ ok, conflict }) => {
			if (ok) return ok;
			if (!conflict) return [];
			conflicts++;
			return [
				`${begin}${words.mine}`,
				...conflict.a,
				`${between}${words.theirs}`,
				...conflict.b,
				`${end}${words.end}`
			];
		}
	);
	return { text: lines.join('\n'), conflicts };
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
