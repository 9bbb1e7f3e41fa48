import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandsOf, leastUnits, quartersOf, type Band } from '#lib/measures/bands.ts';

/** A share of so many births as units have them, also whole per cents and all of them. */
const share = fc.integer({ min: 1, max: 400 }).chain((n) => fc.integer({ min: 0, max: n }).map((k) => k / n));
const shares = fc.array(fc.oneof(share, fc.constant(1), fc.double({ min: 0.97, max: 1, noNaN: true })), {
	maxLength: 60
});

const isWholePercent = (edge: number) => Math.abs(edge * 100 - Math.round(edge * 100)) < 1e-9;
const sum = (bands: readonly Band[]) => bands.reduce((total, { units }) => total + units, 0);

test('twenty units are four bands, each told by its number and the edges between neighbours', () => {
	const percent = [61.2, 74.8, 80.1, 81, 82.9, 88.4, 89, 90.2, 90.9, 91.3];
	const higher = [92.1, 93, 93.3, 93.9, 94.6, 95.2, 96, 97.7, 98.8, 99.4];
	expect(bandsOf([...percent, ...higher].map((each) => each / 100))).toEqual([
		{ units: 5, from: 0.61, to: 0.86 },
		{ units: 5, from: 0.86, to: 0.92 },
		{ units: 5, from: 0.92, to: 0.95 },
		{ units: 5, from: 0.95, to: 1 }
	]);
});

test('fewer than five units are not told of', () => {
	expect(bandsOf([0.5, 0.6, 0.7, 0.8])).toEqual([]);
	expect(quartersOf([0.5, 0.6, 0.7, 0.8])).toEqual([]);
});

test('units that agree are one band', () => {
	const few = [0.613, 0.7, 0.75, 0.8, 0.85, 0.9];
	expect(bandsOf([...few, ...Array<number>(18).fill(1)])).toEqual([
		{ units: 6, from: 0.61, to: 0.95 },
		{ units: 18, from: 0.95, to: 1 }
	]);
});

test('where too few differ, some of those that agree are told of together with them', () => {
	const laggards = [0.6, 0.7, 0.8];
	expect(bandsOf([...laggards, ...Array<number>(41).fill(1)])).toEqual([
		{ units: 11, from: 0.6, to: 1 },
		{ units: 33, from: 1, to: 1 }
	]);
	expect(bandsOf([...laggards, ...Array.from({ length: 41 }, (_, at) => 0.991 + at / 10_000)])).toEqual([
		{ units: 11, from: 0.6, to: 1 },
		{ units: 33, from: 0.99, to: 1 }
	]);
});

test('where all units agree, the band is a per cent wide all the same', () => {
	expect(bandsOf(Array<number>(30).fill(1))).toEqual([{ units: 30, from: 0.99, to: 1 }]);
	expect(bandsOf(Array<number>(6).fill(0))).toEqual([{ units: 6, from: 0, to: 0.01 }]);
});

test('every unit is in one band, and no band has fewer than five', () => {
	fc.assert(
		fc.property(shares, (all) => {
			const bands = bandsOf(all);
			expect(bands.length).toBeLessThanOrEqual(4);
			expect(sum(bands)).toBe(all.length < leastUnits ? 0 : all.length);
			for (const { units } of bands) expect(units).toBeGreaterThanOrEqual(leastUnits);
		})
	);
});

test('the units of a band lie between its edges', () => {
	fc.assert(
		fc.property(shares, (all) => {
			const ordered = all.toSorted((a, b) => a - b);
			for (const { units, from, to } of bandsOf(all))
				for (const own of ordered.splice(0, units)) {
					expect(own).toBeGreaterThanOrEqual(from - 1e-9);
					expect(own).toBeLessThanOrEqual(to + 1e-9);
				}
		})
	);
});

test('an edge is a whole per cent, so it is the share of a unit only where that is one', () => {
	fc.assert(
		fc.property(shares, (all) => {
			const told = [...bandsOf(all).flatMap(({ from, to }) => [from, to]), ...quartersOf(all)];
			const edges = told.filter((edge) => edge !== null);
			expect(edges.filter((edge) => !isWholePercent(edge))).toEqual([]);
			expect(edges.filter((edge) => edge < 0 || edge > 1)).toEqual([]);
		})
	);
});

test('no two bands have the same edges', () => {
	expect(bandsOf([...Array<number>(3).fill(0.99), ...Array<number>(41).fill(0.995)])).toEqual([
		{ units: 44, from: 0.99, to: 1 }
	]);
	fc.assert(
		fc.property(shares, (all) => {
			const edges = bandsOf(all).map(({ from, to }) => `${from}–${to}`);
			expect(new Set(edges).size).toBe(edges.length);
		})
	);
});

test('no band of all units has edges that meet', () => {
	fc.assert(
		fc.property(shares, (all) => {
			const bands = bandsOf(all);
			if (bands.length === 1) expect(bands[0]?.to).toBeGreaterThan(bands[0]?.from ?? 1);
		})
	);
});

test('a unit that moves within its per cent changes nothing', () => {
	fc.assert(
		fc.property(shares, fc.nat(), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (all, at, part) => {
			const moving = all[at % Math.max(1, all.length)];
			if (moving === undefined || isWholePercent(moving)) return;
			const moved = all.with(at % all.length, (Math.floor(moving * 100) + part) / 100);
			expect(bandsOf(moved)).toEqual(bandsOf(all));
			expect(quartersOf(moved)).toEqual(quartersOf(all));
		})
	);
});

test('quartiles are told only between bands of five units', () => {
	const even = (count: number) => Array.from({ length: count }, (_, at) => at / 100 + 0.005);
	expect(quartersOf(even(20))).toEqual([0, 0.05, 0.1, 0.15, 0.2]);
	expect(quartersOf(even(12))).toEqual([0, null, 0.06, null, 0.12]);
	expect(quartersOf(even(9))).toEqual([0, null, null, null, 0.09]);
});
