import { z95, z998 } from './interval.ts';
import { winsorise } from './winsorise.ts';
import type { Interval } from './interval.ts';

/** A share of one unit, as counts. */
export type UnitShare = { unit: string; numerator: number; denominator: number };

/** Where a unit lies: inside the 95 % limits, outside them, or outside the 99.8 % limits. */
export type FunnelPlace = 'within' | 'low' | 'high' | 'veryLow' | 'veryHigh' | 'tooFew';

/** `z` is the unit's distance from the others in standard deviations; null when it has too few births. */
export type FunnelUnit = UnitShare & { share: number | null; z: number | null; place: FunnelPlace };

/** `target` is the share of all units together; `dispersion` is φ, `between` is τ². */
export type Funnel = { target: number; dispersion: number; between: number; units: FunnelUnit[] };

/**
 * Units against each other, with the spread that units have anyway allowed for (an additive random effect
 * on the scale of the arcsine of the root). Undefined when all units together have no denominator.
 * Source: Spiegelhalter 2005, Stat Med 24:1185–1202; Qual Saf Health Care 14:347–351.
 */
export function funnel(
	units: readonly UnitShare[],
	{ minDenominator = 10, winsorised = 0.1 }: { minDenominator?: number; winsorised?: number } = {}
): Funnel | undefined {
	const total = units.reduce((counted, { denominator }) => counted + denominator, 0);
	if (total === 0) return undefined;
	const target = units.reduce((counted, { numerator }) => counted + numerator, 0) / total;
	const judged = units.filter(({ denominator }) => denominator > 0 && denominator >= minDenominator);
	const { dispersion, between } = spread(judged, target, winsorised);
	return {
		target,
		dispersion,
		between,
		units: units.map((unit) => {
			if (!judged.includes(unit)) return { ...unit, share: null, z: null, place: 'tooFew' };
			const deviation = Math.sqrt(withinVariance(unit.denominator) + between);
			const z = (angle(unit.numerator / unit.denominator) - angle(target)) / deviation;
			return { ...unit, share: unit.numerator / unit.denominator, z, place: placeOf(z) };
		})
	};
}

/** The limits of a funnel at a denominator: at 95 % by default, at 99.8 % with `z998`. */
export function funnelLimits({ target, between }: Funnel, denominator: number, z = z95): Interval {
	const half = z * Math.sqrt(withinVariance(denominator) + between);
	return [shareOf(angle(target) - half), shareOf(angle(target) + half)];
}

/** φ and τ² over the units that are judged. */
function spread(units: readonly UnitShare[], target: number, winsorised: number) {
	const count = units.length;
	if (count < 2) return { dispersion: 1, between: 0 };
	const scores = units.map(({ numerator, denominator }) => {
		return (angle(numerator / denominator) - angle(target)) / Math.sqrt(withinVariance(denominator));
	});
	const dispersion = sum(winsorise(scores, winsorised).map((z) => z * z)) / count;
	const weights = units.map(({ denominator }) => 1 / withinVariance(denominator));
	const scale = sum(weights) - sum(weights.map((weight) => weight * weight)) / sum(weights);
	return { dispersion, between: Math.max(0, (count * dispersion - (count - 1)) / scale) };
}

function placeOf(z: number): FunnelPlace {
	if (Math.abs(z) <= z95) return 'within';
	if (Math.abs(z) <= z998) return z < 0 ? 'low' : 'high';
	return z < 0 ? 'veryLow' : 'veryHigh';
}

/** s² on the angle's scale, 1/(4n). */
function withinVariance(denominator: number): number {
	return 1 / (4 * denominator);
}

function angle(share: number): number {
	return Math.asin(Math.sqrt(share));
}

/** The share of an angle; past the ends of the scale it is 0 or 1 and does not turn back. */
function shareOf(value: number): number {
	return Math.sin(Math.min(Math.PI / 2, Math.max(0, value))) ** 2;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
