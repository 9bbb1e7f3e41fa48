import type { Random } from '../../demo/random.ts';

/** How many of n happen, each with the share p: exactly where few do, as a normal distribution where many do. */
export function binomial(n: number, p: number, random: Random): number {
	if (n === 0 || p <= 0) return 0;
	if (p >= 1) return n;
	if (p > 0.5) return n - binomial(n, 1 - p, random);
	const mean = n * p;
	if (mean > 30) {
		const drawn = Math.round(random.normal(mean, Math.sqrt(mean * (1 - p))));
		return Math.min(n, Math.max(0, drawn));
	}
	const odds = p / (1 - p);
	let likelihood = Math.exp(n * Math.log(1 - p));
	let left = random.next() - likelihood;
	let count = 0;
	while (left > 0 && count < n) {
		likelihood *= (odds * (n - count)) / (count + 1);
		count++;
		left -= likelihood;
	}
	return count;
}
