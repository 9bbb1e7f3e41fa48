import { expect, test } from 'vitest';
import { Random, shareOf, weighted } from '../../scripts/demo/random.ts';

const many = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

test('a stream of random numbers depends on its seed alone', () => {
	const draw = (...seed: (string | number)[]) => {
		const random = new Random(...seed);
		return many(20, () => random.next());
	};
	expect(draw(1, 'births')).toEqual(draw(1, 'births'));
	expect(draw(1, 'births')).not.toEqual(draw(2, 'births'));
	expect(draw(1, 'births')).not.toEqual(draw(1, 'files'));
});

test('random numbers have the mean and spread that they are asked for', () => {
	const random = new Random(7);
	const normal = many(20_000, () => random.normal(10, 2));
	expect(mean(normal)).toBeCloseTo(10, 1);
	expect(Math.sqrt(mean(normal.map((n) => (n - 10) ** 2)))).toBeCloseTo(2, 1);
	for (const expected of [0.3, 8, 400]) {
		const events = many(20_000, () => random.events(expected));
		expect(mean(events) / expected).toBeCloseTo(1, 1);
		expect(mean(events.map((n) => (n - expected) ** 2)) / expected).toBeCloseTo(1, 1);
	}
	expect(mean(many(20_000, () => (random.chance(0.2) ? 1 : 0)))).toBeCloseTo(0.2, 2);
	expect(new Set(many(200, () => random.whole(3, 5)))).toEqual(new Set([3, 4, 5]));
});

test('weighted() chooses each value as often as its weight says', () => {
	const random = new Random(3);
	const choose = weighted(['a', 1], ['b', 3]);
	expect(mean(many(20_000, () => (choose(random) === 'b' ? 1 : 0)))).toBeCloseTo(0.75, 2);
});

test('shareOf() spreads texts evenly from 0 to 1', () => {
	const shares = Array.from({ length: 10_000 }, (_, index) => shareOf('2604', index));
	expect(mean(shares)).toBeCloseTo(0.5, 1);
	for (let tenth = 0; tenth < 10; tenth++)
		expect(shares.filter((share) => Math.floor(share * 10) === tenth).length / 10_000).toBeCloseTo(0.1, 1);
});
