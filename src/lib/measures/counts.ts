/**
 * What is known of one variable over some births (or deliveries), as numbers that add up over units,
 * months and regions. `nImplausible` lies within `nRecorded`.
 */
export type Counts = {
	nApplicable: number;
	nRecorded: number;
	nUnknown: number;
	nBlank: number;
	nInvalid: number;
	nImplausible: number;
};

/** The counts of no births at all. */
export const nothing: Counts = {
	nApplicable: 0,
	nRecorded: 0,
	nUnknown: 0,
	nBlank: 0,
	nInvalid: 0,
	nImplausible: 0
};

export const countKeys = Object.keys(nothing) as (keyof Counts)[];

/** The counts of all cells together. */
export function pool(cells: readonly Counts[]): Counts {
	const total = { ...nothing };
	for (const cell of cells) for (const key of countKeys) total[key] += cell[key];
	return total;
}

/**
 * The same counts, when they can be true: whole numbers from 0, recorded + unknown + blank + invalid =
 * applicable, implausible at most recorded. Throws RangeError otherwise, as only a wrong program gives such.
 */
export function checkCounts(counts: Counts): Counts {
	const wrong = countKeys.find((key) => !Number.isSafeInteger(counts[key]) || counts[key] < 0);
	if (wrong) throw new RangeError(`${wrong} is ${counts[wrong]}, not a count`);
	const sum = counts.nRecorded + counts.nUnknown + counts.nBlank + counts.nInvalid;
	if (sum !== counts.nApplicable) {
		throw new RangeError(
			`Recorded, unknown, blank and invalid are ${sum} of ${counts.nApplicable} applicable`
		);
	}
	if (counts.nImplausible > counts.nRecorded) {
		throw new RangeError(`${counts.nImplausible} implausible of only ${counts.nRecorded} recorded`);
	}
	return counts;
}
