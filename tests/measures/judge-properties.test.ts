import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fallOf, type Judged } from '#lib/measures/fall.ts';
import { judge } from '#lib/measures/judge.ts';
import { seriesOf } from '#lib/measures/series.ts';
import type { ItemHistory, NationHistory } from '#lib/measures/history.ts';
import { binomial } from '../../scripts/bench/detection/draw.ts';
import { Random } from '../../scripts/demo/random.ts';
import { evenNation, judgedFrom } from './even-nation.ts';

/** The even nation with every count drawn by chance from its own share. */
function drawn(seed: number): NationHistory {
	const nation = evenNation();
	const random = new Random(seed, 'drawn');
	const again = (of: Int32Array, counted: Int32Array) =>
		of.map((n, at) => binomial(n, n === 0 ? 0 : (counted[at] ?? 0) / n, random));
	return {
		...nation,
		units: nation.units.map((unit) => ({
			...unit,
			onTime: again(unit.births, unit.onTime),
			items: new Map(
				[...unit.items].map(([id, item]): [string, ItemHistory] => [
					id,
					{ ...item, recorded: again(item.applicable, item.recorded) }
				])
			)
		}))
	};
}

test('a nation without faults, drawn from its own shares, has hardly ever a flag', () => {
	const flags = Array.from({ length: 40 }, (_, seed) => judge(drawn(seed)).length);
	// at a rate of 0.01 a run in which anything is flagged is one in a hundred
	expect(flags.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
});

test('more loss never gives a larger p', () => {
	const cases = fc.record({
		births: fc.integer({ min: 10, max: 400 }),
		usual: fc.double({ min: 0.3, max: 1, noNaN: true }),
		lost: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
		years: fc.double({ min: 0, max: 0.1, noNaN: true }),
		months: fc.double({ min: 1, max: 5, noNaN: true })
	});
	fc.assert(
		fc.property(cases, ({ births, usual, lost, years, months }) => {
			const p = (loss: number) => {
				const of = new Int32Array(judgedFrom + 3).fill(births);
				const recorded = of.map((n, at) => Math.round(n * usual * (at < judgedFrom ? 1 : 1 - loss)));
				const judged: Judged = { series: seriesOf(of, recorded, 'good'), judgedFrom, years, months };
				return fallOf(judged)?.p ?? 1;
			};
			const [less = 0, more = 0] = lost.toSorted((a, b) => a - b);
			expect(p(more)).toBeLessThanOrEqual(p(less) + 1e-12);
		})
	);
});

test('a flag keeps its id and its since when another month has come in', () => {
	fc.assert(
		fc.property(fc.integer({ min: 30, max: 37 }), fc.integer({ min: 0, max: 23 }), (month, unit) => {
			const nation = evenNation({ unit, recorded: { APGAR5: (at) => (at < month ? 0.99 : 0.02) } });
			const until = (end: number): NationHistory => ({
				...nation,
				months: nation.months.slice(0, end),
				units: nation.units.map((u) => ({
					...u,
					births: u.births.slice(0, end),
					onTime: u.onTime.slice(0, end),
					items: new Map(
						[...u.items].map(([id, item]): [string, ItemHistory] => [
							id,
							{
								applicable: item.applicable.slice(0, end),
								recorded: item.recorded.slice(0, end),
								invalid: item.invalid.slice(0, end),
								implausible: item.implausible.slice(0, end)
							}
						])
					),
					forms: new Map()
				}))
			});
			const told = (end: number) =>
				judge(until(end)).map((f) => [f.unit, f.id, 'since' in f && f.since?.month]);
			expect(told(39)).toEqual([[`unit${unit}`, 'values.APGAR5.2026-01', nation.months[month]]]);
			expect(told(38)).toEqual(told(39));
		}),
		{ numRuns: 20 }
	);
});
