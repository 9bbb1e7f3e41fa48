/** How many shades a heat cell can have, from the palest, 1. */
export const shades = 5;

/** Which shade a value has between the palest and the darkest, which may be the lesser. Values outside have the nearest. */
export function shadeOf(value: number, [palest, darkest]: readonly [number, number]): number {
	if (palest === darkest) return 1;
	const along = (value - palest) / (darkest - palest);
	return Math.min(shades, Math.max(1, Math.floor(along * shades) + 1));
}

/** From where to where a bar reaches, as parts of its width: from 0, or from the end that is nearest to it. */
export function barOf(value: number, [from, to]: readonly [number, number]): [start: number, end: number] {
	if (from === to) return [0, 0];
	const at = (place: number) => Math.min(1, Math.max(0, (place - from) / (to - from)));
	const [start, end] = [at(0), at(value)].toSorted((a, b) => a - b);
	return [start ?? 0, end ?? 0];
}
