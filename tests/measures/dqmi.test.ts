import { expect, test } from 'vitest';
import { maturity, maturityScore } from '#lib/measures/dqmi.ts';

/** Appendix 1 of the methodology; its sum uses these coverages, though its table prints 1 for all of them. */
const published = [
	[2_500, 2_400, 100, 0.02, 1],
	[2_500, 2_500, 100, 1, 1],
	[2_500, 2_000, 100, 0, 1],
	[1_000, 900, 900, 0, 1 / 3],
	[1_000, 800, 800, 1, 1 / 3],
	[1_000, 900, 450, 0, 1 / 3],
	[1_000, 1_000, 100, 0.035, 1 / 3],
	[10_000, 10_000, 0, 0, 1 / 3],
	[10_000, 10_000, 0, 0, 1 / 3],
	[50_000, 50_000, 100, 0.02, 2 / 3],
	[50_000, 49_000, 5_000, 1, 2 / 3],
	[50_000, 45_000, 5_000, 0.035, 2 / 3]
].map(([records = 0, valid = 0, defaults = 0, threshold = 0, coverage = 0]) => {
	return { records, valid, defaults, threshold, coverage };
});

test('the published example gives its item scores, and 47.2 in all', () => {
	const scores = published.map((variable) => Math.round(1000 * maturityScore(variable)) / 1000);
	expect(scores).toEqual([0.94, 1, 0.76, 0, 0.8, 0.45, 0.935, 1, 1, 1, 0.98, 0.835]);
	expect(Math.round(1000 * (maturity(published) ?? 0)) / 10).toBe(47.2);
});

test('a variable for which nothing was sent does not count, and nothing at all has no score', () => {
	const unsent = { records: 0, valid: 0, defaults: 0, threshold: 0, coverage: 0 };
	expect(maturity([...published, unsent])).toBe(maturity(published));
	expect(maturity([unsent])).toBeNull();
});
