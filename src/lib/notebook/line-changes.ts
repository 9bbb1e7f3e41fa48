import { diffArrays } from 'diff';

/** A change of a text: its lines from `from` up to, not including, `to` (from 0) became `lines`. */
export type LineChange = { from: number; to: number; lines: readonly string[] };

/** So many lines may come and go before two texts count as altogether different: beyond it takes seconds to tell. */
const mostChanges = 3000;

/** What has to be changed in lines to make other ones of them, in their order, no two touching (Myers 1986). */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] {
	const parts = diffArrays([...before], [...after], { maxEditLength: mostChanges });
	if (!parts) return [wholeChange(before, after)];
	const changes: LineChange[] = [];
	let at = 0;
	let open: { from: number; to: number; lines: string[] } | undefined;
	for (const { added, removed, value } of parts) {
		if (!added && !removed) {
			at += value.length;
			open = undefined;
			continue;
		}
		if (!open) changes.push((open = { from: at, to: at, lines: [] }));
		if (added) open.lines = open.lines.concat(value);
		else open.to = at += value.length;
	}
	return changes;
}

/** All between the lines with which both begin and those with which both end. */
function wholeChange(before: readonly string[], after: readonly string[]): LineChange {
	const shorter = Math.min(before.length, after.length);
	let from = 0;
	while (from < shorter && before[from] === after[from]) from++;
	let end = 0;
	while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end++;
	return { from, to: before.length - end, lines: after.slice(from, after.length - end) };
}
