import { leastBirths, untold, type Candidate, type Run } from './run.ts';
import { normalTail } from './tail.ts';
import { z95 } from './interval.ts';
import type { UnitHistory } from './history.ts';
import type { Volume } from './volume.ts';

/** A smaller part of the births may be a matter of where mothers gave birth. */
const practicalPart = 0.1;

/** Months of which nothing came, and births that are fewer or more than earlier years lead us to expect. */
export function volumeCandidates({ units }: Run): Candidate[] {
	return units.flatMap((unit) => {
		if (unit.missingMonths.length > 0) return [notReported(unit)];
		const { volume } = unit;
		if (!volume || volume.expected === null || volume.limits === null || volume.difference === null)
			return [];
		if (Math.abs(volume.difference) < practicalPart) return [untold(unit)];
		const births = Math.round(Math.abs(volume.expected - volume.observed));
		const kind = volume.difference < 0 ? 'volumeLow' : 'volumeHigh';
		const tell = () => ({
			matter: { kind, volume } as const,
			births,
			of: Math.round(Math.max(volume.expected ?? 0, volume.observed))
		});
		return [{ unit, p: chanceOf(volume), weight: 1, tell: births >= leastBirths ? tell : null }];
	});
}

/** By chance nothing at all comes of so many expected births with the likelihood e^−expected. */
function notReported(unit: UnitHistory): Candidate {
	const expected = unit.missingMonths.reduce((sum, month) => sum + month.expected, 0);
	const births = Math.round(expected);
	const months = unit.missingMonths.map(({ month }) => month);
	const tell = () => ({ matter: { kind: 'notReported', months } as const, births, of: births });
	return { unit, p: Math.exp(-expected), weight: 1, tell: births >= leastBirths ? tell : null };
}

/** Of the likelihood of a false alarm, the part that births too few have: they are what is looked for. */
const lowShare = 0.8;

/**
 * How likely so great a difference is from the limits that 95 % lie within: they have the
 * overdispersion in them, and are about as wide on either side.
 */
function chanceOf({ observed, expected, limits }: Volume): number {
	const deviation = ((limits?.[1] ?? 0) - (expected ?? 0)) / z95;
	const z = (observed - (expected ?? 0)) / deviation;
	return Math.min(1, normalTail(z) / (z < 0 ? lowShare : 1 - lowShare));
}
