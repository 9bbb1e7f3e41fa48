/** So many units at least are told of together: fewer might give a single one away. */
export const leastUnits = 5;

const mostBands = 4;

/** So many units, whose shares lie between two edges; the edges are whole per cents, as shares. */
export type Band = { units: number; from: number; to: number };

/**
 * What somebody may know of units that are not theirs: their shares in order, cut in at most four bands of at least
 * five units each. The inner edges lie in the middle between neighbours and the outer ones outside of all, in whole
 * per cents, so that no edge is a unit's own number; shares within the same per cent are told alike. None for fewer
 * than five units.
 */
export function bandsOf(shares: readonly number[]): Band[] {
	const { length } = shares;
	if (length < leastUnits) return [];
	const cells = cellsOf(shares);
	const [low, high] = outerEdges(cells);
	const cuts = cutsOf(cells);
	const bands: Band[] = [];
	for (const [part, end] of [...cuts, length].entries()) {
		const begin = cuts[part - 1] ?? 0;
		const from = (begin === 0 ? low : innerEdge(cells, begin, Math.floor)) / 100;
		const to = (end === length ? high : innerEdge(cells, end, Math.ceil)) / 100;
		const last = bands.at(-1);
		if (last?.from === from && last.to === to) last.units += end - begin;
		else bands.push({ units: end - begin, from, to });
	}
	return bands;
}

/**
 * The least share, the quartiles and the greatest, told as the edges of bands: a quartile is null where a band at its
 * side would hold fewer than five units. Empty for fewer than five units.
 */
export function quartersOf(shares: readonly number[]): (number | null)[] {
	const { length } = shares;
	if (length < leastUnits) return [];
	const cells = cellsOf(shares);
	const [low, high] = outerEdges(cells);
	const edge = (quarter: number, parts: number) =>
		length < parts * leastUnits
			? null
			: innerEdge(cells, Math.floor((quarter * length) / 4), Math.round) / 100;
	return [low / 100, edge(1, 4), edge(2, 2), edge(3, 4), high / 100];
}

/** Shares in per cent and in order, each only as far as it may matter: a whole one itself, else half past the one under it. */
function cellsOf(shares: readonly number[]): number[] {
	const cell = (share: number) => {
		const whole = Math.round(share * 100);
		return Math.abs(share * 100 - whole) < 1e-9 ? whole : Math.floor(share * 100) + 0.5;
	};
	return shares.map(cell).sort((a, b) => a - b);
}

/** How many units lie under each cut. Units that agree are kept together where there are enough without them. */
function cutsOf(cells: readonly number[]): number[] {
	const parts = Math.min(mostBands, Math.floor(cells.length / leastUnits));
	const cuts: number[] = [];
	for (let part = 1; part < parts; part++) {
		const place = Math.floor((part * cells.length) / parts);
		const first = cells[place - 1] === cells[place] ? cells.indexOf(cells[place] ?? 0) : place;
		const before = cuts.at(-1) ?? 0;
		if (first > before) cuts.push(first >= before + leastUnits ? first : place);
	}
	return cuts;
}

/** The edge at a cut: between neighbours that agree it is their own place, to whole per cents on the side asked for. */
function innerEdge(cells: readonly number[], cut: number, side: (cell: number) => number): number {
	const [under, over] = [cells[cut - 1] ?? 0, cells[cut] ?? 0];
	return under === over ? side(over) : Math.round((under + over) / 2);
}

/** Where all units agree on a whole per cent, the edges would tell it of each of them: they are held apart. */
function outerEdges(cells: readonly number[]): [low: number, high: number] {
	const [low, high] = [Math.floor(cells[0] ?? 0), Math.ceil(cells.at(-1) ?? 0)];
	return low < high ? [low, high] : [Math.max(0, low - 1), Math.max(1, low)];
}
