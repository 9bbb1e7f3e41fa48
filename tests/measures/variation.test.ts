import { expect, test } from 'vitest';
import { seriesOf } from '#lib/measures/series.ts';
import { variations } from '#lib/measures/variation.ts';
import { binomial } from '../../scripts/bench/detection/draw.ts';
import { shifted } from '../../scripts/demo/habit.ts';
import { Random } from '../../scripts/demo/random.ts';

const years = [0, 12, 24, 36];

/** Units with 400 births a month, their share moved every year by so much on the scale of log odds. */
function units(deviation: number, usual = 0.7) {
	return Array.from({ length: 40 }, (_, unit) => {
		const random = new Random('variation', deviation, unit);
		const shares = years.map(() => shifted(usual, random.normal(0, deviation)));
		const of = new Int32Array(36).fill(400);
		return seriesOf(
			of,
			of.map((n, at) => binomial(n, shares[Math.floor(at / 12)] ?? usual, random)),
			'good'
		);
	});
}

test('the variance between years is found again', () => {
	const [found] = variations([units(0.2)], years);
	expect(found?.nation).toBeGreaterThan(0.025);
	expect(found?.nation).toBeLessThan(0.055);
});

test('where only chance is at work hardly any variance is found, and months vary as chance lets them', () => {
	const [found] = variations([units(0)], years);
	expect(found?.nation).toBeLessThan(0.001);
	expect(Math.max(...(found?.months ?? []))).toBeLessThan(1.6);
});

test('a share near 1 does not make chance disappear', () => {
	const [found] = variations([units(0, 0.999)], years);
	expect(Math.min(...(found?.months ?? []))).toBeGreaterThanOrEqual(1);
	expect(Math.min(...(found?.years ?? []))).toBeGreaterThanOrEqual(0);
});

test('a unit whose months swing varies more than one whose months do not', () => {
	const of = new Int32Array(36).fill(400);
	const swinging = seriesOf(
		of,
		of.map((n, at) => (at % 2 ? n * 0.9 : n * 0.7)),
		'good'
	);
	const [found] = variations([[swinging, ...units(0)]], years);
	expect(found?.months[0]).toBeGreaterThan(5 * (found?.months[1] ?? 0));
});

test('without any history a usual variance is assumed', () => {
	const [found] = variations([[undefined, seriesOf(Int32Array.of(20), Int32Array.of(19), 'good')]], [0, 1]);
	expect(found?.nation).toBeCloseTo(0.01, 6);
});
