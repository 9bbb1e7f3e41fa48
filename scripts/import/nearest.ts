/** Something that may be meant: by which texts it is found, and how it is shown. */
type Choice = { texts: string[]; shown: string };

/** At most three of the choices that a name may have meant, nearest first: spelt nearly so, or holding it. */
export function nearest(named: string, choices: readonly Choice[]): string[] {
	const wanted = bare(named);
	return choices
		.map(({ texts, shown }) => ({
			shown,
			away: Math.min(...texts.map((text) => distance(wanted, bare(text))))
		}))
		.filter(({ away }) => away <= Math.max(1, wanted.length / 3))
		.sort((a, b) => a.away - b.away)
		.slice(0, 3)
		.map(({ shown }) => shown);
}

/** Small letters and digits without accents: “Östra sjukhuset” is “ostrasjukhuset”. */
const bare = (text: string) =>
	text
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

/** How many letters must be put in, left out or changed (Levenshtein); half a letter where one holds the other. */
function distance(a: string, b: string): number {
	if (a === '' || b === '') return Infinity;
	if (a.length >= 3 && b.includes(a)) return 0.5;
	let above = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			row.push(Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
		}
		above = row;
	}
	return above[b.length] ?? Infinity;
}
