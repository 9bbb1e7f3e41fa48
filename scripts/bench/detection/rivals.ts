import { practicalDifference } from '#lib/measures/change.ts';
import { seriesOf, shareOf, span, type Part, type Series } from '#lib/measures/series.ts';
import { xmr } from '#lib/measures/xmr.ts';
import type { NationHistory, UnitHistory } from '#lib/measures/history.ts';
import type { PlantKind } from './plants.ts';

/** What a rival points at: which kind of thing of which unit, and whether it did so before the judged months, too. */
export type Pointed = {
	unit: string;
	what: Exclude<PlantKind, 'stops' | 'drops' | 'code'> | 'value';
	subject: string | null;
	standing: boolean;
	/** Whether a point lies outside the chart's limits and five points (of births a tenth) below its mean. */
	far: boolean;
};

const leastDenominator = 10;
const threshold = 0.9;
const volumeChange = 0.1;

/**
 * The first rival: what is under 90 % (wrong values and missing forms over 10 %) in the judged months, of all that
 * has a target; and births that are 10 % fewer or more than in the same days of last year.
 */
export function fixedThreshold(
	{ units, variables, judgedFrom, months }: NationHistory,
	lastYear: (unit: string) => number
): Pointed[] {
	const targeted = new Set(variables.flatMap(({ id, target }) => (target === null ? [] : [id])));
	return units.flatMap((unit) => {
		const found: Pointed[] = [];
		const births = sum(unit.births.subarray(judgedFrom));
		const before = lastYear(unit.unit);
		if (before >= leastDenominator && Math.abs(births / before - 1) >= volumeChange)
			found.push({ unit: unit.unit, what: 'volume', subject: null, standing: false, far: false });
		for (const { what, subject, series } of seriesOfUnit(unit)) {
			if (what === 'unused' || (what === 'value' && !targeted.has(subject ?? ''))) continue;
			if (!isUnder(span(series, judgedFrom, months.length))) continue;
			const standing = isUnder(span(series, judgedFrom - 12, judgedFrom));
			found.push({ unit: unit.unit, what, subject, standing, far: false });
		}
		return found;
	});
}

const isUnder = (part: Part) => part.n >= leastDenominator && shareOf(part) < threshold;

/**
 * The second rival: a control chart of each series on months, which points at what breaks any of its four rules on
 * the bad side in the judged months. Births are charted per month in full months only.
 */
export function controlCharts({ units, judgedFrom, months }: NationHistory, fullMonths: number): Pointed[] {
	return units.flatMap((unit) => {
		const found: Pointed[] = [];
		const births = [...unit.births.subarray(0, judgedFrom + fullMonths)];
		const volume = fullMonths > 0 ? brokenBy(births, judgedFrom, (mean) => mean * volumeChange) : null;
		if (volume) found.push({ unit: unit.unit, what: 'volume', subject: null, standing: false, ...volume });
		for (const { what, subject, series } of seriesOfUnit(unit)) {
			const all = span(series, 0, months.length);
			if (all.k === all.n) continue;
			const shares = months.map((_, at) => {
				const part = span(series, at, at + 1);
				return part.n < leastDenominator ? null : shareOf(part);
			});
			const broken = brokenBy(shares, judgedFrom, () => practicalDifference);
			if (broken) found.push({ unit: unit.unit, what, subject, standing: false, ...broken });
		}
		return found;
	});
}

function brokenBy(
	values: readonly (number | null)[],
	judgedFrom: number,
	practical: (mean: number) => number
): { far: boolean } | null {
	const chart = xmr(values);
	if (!chart) return null;
	const below = chart.signals.filter(
		({ side, points }) => side === 'below' && (points.at(-1) ?? 0) >= judgedFrom
	);
	if (below.length === 0) return null;
	const least = chart.mean - practical(chart.mean);
	const far = below.some(
		({ rule, points }) => rule === 'outside' && points.some((at) => (values[at] ?? 1) <= least)
	);
	return { far };
}

/** All series of a unit in which a low share is bad. */
function seriesOfUnit(
	unit: UnitHistory
): { what: Pointed['what']; subject: string | null; series: Series }[] {
	return [
		{ what: 'late' as const, subject: null, series: seriesOf(unit.births, unit.onTime, 'good') },
		...[...unit.forms].map(([subject, { applicable, missing }]) => {
			return { what: 'form' as const, subject, series: seriesOf(applicable, missing, 'bad') };
		}),
		...[...unit.items].flatMap(([subject, { applicable, recorded, invalid }]) => [
			{ what: 'value' as const, subject, series: seriesOf(applicable, recorded, 'good') },
			{ what: 'invalid' as const, subject, series: seriesOf(applicable, invalid, 'bad') }
		])
	];
}

const sum = (counts: Int32Array) => counts.reduce((total, count) => total + count, 0);
