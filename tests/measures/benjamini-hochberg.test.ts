import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from '#lib/measures/benjamini-hochberg.ts';

/** The example of Benjamini & Hochberg 1995: fifteen tests of two treatments after infarction. */
const published = [
	0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
	0.759, 1
];

test('of the published example four tests are found at a rate of 0.05', () => {
	const adjusted = benjaminiHochberg(published);
	expect(adjusted.filter((p) => p < 0.05)).toHaveLength(4);
	const first = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486];
	first.forEach((p, at) => expect(adjusted[at]).toBeCloseTo(p, 6));
});

test('the order of the tests, and the scale of the weights, do not matter', () => {
	const p = fc.double({ min: 0, max: 1, noNaN: true });
	const weight = fc.double({ min: 0.01, max: 100, noNaN: true });
	const tests = fc.array(fc.record({ p, weight }), { minLength: 1, maxLength: 40 });
	fc.assert(
		fc.property(tests, weight, (made, scale) => {
			const adjusted = (of: typeof made, by = 1) =>
				benjaminiHochberg(
					of.map((t) => t.p),
					of.map((t) => t.weight * by)
				);
			const forward = adjusted(made);
			const backward = adjusted(made.toReversed(), scale).toReversed();
			forward.forEach((value, at) => expect(backward[at]).toBeCloseTo(value, 9));
		})
	);
});

test('more tests that say nothing make every other one harder to believe', () => {
	const alone = benjaminiHochberg([0.001, 0.02]);
	const among = benjaminiHochberg([0.001, 0.02, 1, 1, 1, 1]);
	expect(among[0]).toBeCloseTo(3 * (alone[0] ?? 0), 12);
});

test('what is weighted higher is found sooner, at the cost of the others', () => {
	const ps = [0.004, 0.004, 0.9, 0.9];
	const even = benjaminiHochberg(ps);
	const weighted = benjaminiHochberg(ps, [10, 1, 1, 1]);
	expect(weighted[0]).toBeLessThan(even[0] ?? 0);
	expect(weighted[1]).toBeGreaterThan(even[1] ?? 1);
});
