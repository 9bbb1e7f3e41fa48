import { describe, expect, test } from 'vitest';
import { rateLimit, rates } from '../../src/requests/rate-limit.ts';

const start = Date.UTC(2026, 10, 23, 12);

describe('the limit on requests', () => {
	test('so many pass at once, then none', () => {
		const limit = rateLimit();
		for (let n = 0; n < rates.address.most; n++) expect(limit.take('address', 'a', 1, start)).toBe(0);
		expect(limit.take('address', 'a', 1, start)).toBe(1);
	});

	test('waiting as long as it says is enough, a second less is not', () => {
		const limit = rateLimit();
		expect(limit.take('address', 'a', rates.address.most, start)).toBe(0);
		const wait = limit.take('address', 'a', 10, start);
		expect(wait).toBe(10 / rates.address.perSecond);
		expect(limit.take('address', 'a', 10, start + (wait - 1) * 1000)).toBeGreaterThan(0);
		expect(limit.take('address', 'a', 10, start + wait * 1000)).toBe(0);
	});

	test('one who asks too much is no hindrance to another, nor an account to its address', () => {
		const limit = rateLimit();
		limit.take('address', 'a', rates.address.most, start);
		expect(limit.take('address', 'b', 1, start)).toBe(0);
		expect(limit.take('account', 'a', 1, start)).toBe(0);
	});

	test('what is refused costs nothing', () => {
		const limit = rateLimit();
		limit.take('address', 'a', rates.address.most, start);
		for (let n = 0; n < 100; n++) limit.take('address', 'a', 5, start);
		expect(limit.take('address', 'a', 2, start + 1000)).toBe(0);
	});

	test('a flood of addresses lets nobody off who is at the limit now and asked last', () => {
		const limit = rateLimit();
		for (let n = 0; n < 30_000; n++) limit.take('address', `flood ${n}`, 1, start + n);
		limit.take('address', 'a', rates.address.most, start + 30_000);
		expect(limit.take('address', 'a', 1, start + 30_000)).toBe(1);
	});
});
