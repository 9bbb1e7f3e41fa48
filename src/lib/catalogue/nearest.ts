/** The word of a list that a misspelt one was most likely meant to be, as “did you mean …”; or nothing. */
export function nearest(word: string, known: Iterable<string>): string {
	const [best] = [...known]
		.map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
		.filter(({ distance, candidate }) => distance <= Math.ceil(candidate.length / 3))
		.toSorted((a, b) => a.distance - b.distance);
	return best ? `; did you mean ${best.candidate}?` : '';
}

/** How many letters have to be changed, added or taken away (Levenshtein). */
function distanceOf(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(
				(row[j] ?? 0) + 1,
				(next[j - 1] ?? 0) + 1,
				(row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
			);
		row = next;
	}
	return row[b.length] ?? 0;
}
