import { z95 } from './interval.ts';
import { winsorise } from './winsorise.ts';
import type { Interval } from './interval.ts';

/** What earlier years lead us to expect of the same months. */
export type Expectation = {
	/** Births in the same months of the earlier years together. */
	earlierTotal: number;
	/** How many earlier years that is. */
	years: number;
	/** What the nation has done meanwhile; see `nationalRatio`. */
	ratio?: number;
	/** φ ≥ 1: how much more units vary than chance alone would let them; see `overdispersion`. */
	dispersion?: number;
	/** How many years are predicted. */
	m?: number;
};

/**
 * Births of the nation without the unit: now, against the mean of the earlier years in the same months.
 * 1 when there is nobody else to compare with.
 */
export function nationalRatio(
	nation: { now: number; earlierTotal: number },
	unit: { now: number; earlierTotal: number },
	years: number
): number {
	const earlier = (nation.earlierTotal - unit.earlierTotal) / years;
	return earlier > 0 ? (nation.now - unit.now) / earlier : 1;
}

/** Births to expect: the mean of the earlier years, times the ratio of the nation. */
export function expectedVolume({ earlierTotal, years, ratio = 1, m = 1 }: Expectation): number {
	if (!(years > 0)) throw new RangeError('Without an earlier year nothing can be expected');
	return ((m * earlierTotal) / years) * ratio;
}

/**
 * Between which numbers the births will lie, if the unit is as before. Not below 0.
 * Source: joint sampling for the prediction of a Poisson count (Krishnamoorthy & Peng 2011, J Stat Plan
 * Inference 141:1709–1718), its variance widened by φ.
 */
export function predictionLimits(expectation: Expectation, z = z95): Interval {
	const { years: n, dispersion = 1, m = 1 } = expectation;
	const expected = expectedVolume(expectation);
	const middle = expected + (m * z * z) / (2 * n);
	const half = z * Math.sqrt(dispersion * expected * (1 + m / n) + ((m * z) / (2 * n)) ** 2);
	return [Math.max(0, middle - half), middle + half];
}

/** Births of a unit now, and in the same months of each earlier year in which it was active. */
export type VolumeCounts = { observed: number; earlier: readonly number[]; ratio?: number };

/** Under this expectation chance alone explains nearly anything. */
export const minExpected = 10;

/**
 * φ over units: the mean of the squared standardised differences between observed and expected, the tenth
 * of them at either end drawn in to the next (so that the units we look for do not hide themselves), and
 * at least 1. The expectation's own uncertainty, 1 + 1/n, is taken out, as the limits put it in again.
 */
export function overdispersion(units: readonly VolumeCounts[], winsorised = 0.1): number {
	const scores = units
		.filter((unit) => unit.earlier.length > 0)
		.map((unit) => ({ ...unit, expected: expectedVolume(expectationOf(unit)) }))
		.filter(({ expected }) => expected >= minExpected)
		.map(({ observed, expected, earlier }) => {
			return (observed - expected) / Math.sqrt(expected * (1 + 1 / earlier.length));
		});
	if (scores.length < 2) return 1;
	const squares = winsorise(scores, winsorised).map((score) => score * score);
	return Math.max(1, squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** `notApplicable`: there is no earlier year. `tooFew`: too few births are expected to tell. */
export type VolumeStatus = 'within' | 'low' | 'high' | 'tooFew' | 'notApplicable';

/** The volume of a unit against its earlier years. `difference` is observed / expected − 1. */
export type Volume = {
	observed: number;
	expected: number | null;
	limits: Interval | null;
	difference: number | null;
	status: VolumeStatus;
};

/** Holds the births of a unit against what its earlier years, scaled by the nation, lead us to expect. */
export function volume(counts: VolumeCounts, dispersion = 1): Volume {
	const { observed, earlier } = counts;
	const bare = { observed, expected: null, limits: null, difference: null };
	if (earlier.length === 0) return { ...bare, status: 'notApplicable' };
	const expectation = { ...expectationOf(counts), dispersion };
	const expected = expectedVolume(expectation);
	if (expected < minExpected) return { ...bare, expected, status: 'tooFew' };
	const limits = predictionLimits(expectation);
	const status = observed < limits[0] ? 'low' : observed > limits[1] ? 'high' : 'within';
	return { observed, expected, limits, difference: observed / expected - 1, status };
}

function expectationOf({ earlier, ratio }: VolumeCounts): Expectation {
	const earlierTotal = earlier.reduce((sum, births) => sum + births, 0);
	return { earlierTotal, years: earlier.length, ratio: ratio ?? 1 };
}
