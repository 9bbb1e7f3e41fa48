import type { Interval } from './interval.ts';

/** Which rule of the control chart a point breaks. */
export type XmrRule = 'outside' | 'oneSide' | 'trend' | 'outerThird';

/** A broken rule: the indexes, in the values as given, of the points that break it together. */
export type XmrSignal = { rule: XmrRule; side: 'above' | 'below'; points: number[] };

/** A control chart: the mean, the mean moving range, the limits, and what is unlikely to be chance. */
export type Xmr = { mean: number; movingRange: number; limits: Interval; signals: XmrSignal[] };

/** 3/d₂ and D₄ for ranges of two points (Shewhart; Wheeler, Understanding Variation). */
const limitFactor = 2.66;
const rangeFactor = 3.267;

const runLength = 7;

type Point = { index: number; value: number };

/**
 * The control chart (XmR) of values in time order. A null is a gap, which the points on either side are
 * not held apart by. Moving ranges that are themselves out of the ordinary are left out of their mean
 * once. Undefined with fewer than two values.
 */
export function xmr(values: readonly (number | null)[]): Xmr | undefined {
	const points = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
	if (points.length < 2) return undefined;
	const mean = meanOf(points.map(({ value }) => value));
	const ranges = points
		.slice(1)
		.map(({ value }, before) => Math.abs(value - (points[before]?.value ?? value)));
	const ordinary = ranges.filter((range) => range <= rangeFactor * meanOf(ranges));
	const movingRange = meanOf(ordinary);
	const limits: Interval = [mean - limitFactor * movingRange, mean + limitFactor * movingRange];
	return { mean, movingRange, limits, signals: signals(points, mean, limits) };
}

function signals(points: Point[], mean: number, [low, high]: Interval): XmrSignal[] {
	const third = ((high - mean) * 2) / 3;
	const outer = (side: number) => (point: Point) => side * (point.value - mean) > third;
	const steps = points.map(({ value }, at) => Math.sign(value - (points[at - 1]?.value ?? value)));
	return ([1, -1] as const).flatMap((sign) => {
		const side = sign > 0 ? 'above' : 'below';
		const outside = points.filter(({ value }) => (sign > 0 ? value > high : value < low));
		const oneSide = runs(points, ({ value }) => sign * (value - mean) > 0, runLength);
		// A trend of seven points is six steps the same way, and starts at the point before the first step.
		const trend = runs(points, (_, at) => steps[at] === sign, runLength - 1, 1);
		return [
			...outside.map(({ index }): XmrSignal => ({ rule: 'outside', side, points: [index] })),
			...oneSide.map((run): XmrSignal => ({ rule: 'oneSide', side, points: run })),
			...trend.map((run): XmrSignal => ({ rule: 'trend', side, points: run })),
			...pairs(points, outer(sign)).map((pair): XmrSignal => ({ rule: 'outerThird', side, points: pair }))
		];
	});
}

/** The unbroken runs of at least `least` points that hold, each with the `before` points ahead of it. */
function runs(points: Point[], holds: (point: Point, at: number) => boolean, least: number, before = 0) {
	const found: number[][] = [];
	let start = 0;
	for (let at = 0; at <= points.length; at++) {
		const point = points[at];
		if (point && holds(point, at)) continue;
		if (at - start >= least) found.push(points.slice(start - before, at).map(({ index }) => index));
		start = at + 1;
	}
	return found;
}

/** Two points that hold among three in a row; three that hold are told as their pairs. */
function pairs(points: Point[], holds: (point: Point) => boolean): number[][] {
	return points.flatMap((point, at) => {
		if (!holds(point)) return [];
		const next = points.slice(at + 1, at + 3).find(holds);
		return next ? [[point.index, next.index]] : [];
	});
}

function meanOf(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
