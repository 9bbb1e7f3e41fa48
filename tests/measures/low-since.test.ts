import { expect, test } from 'vitest';
import { lowSince } from '#lib/measures/low-since.ts';
test('the month is named from which a share has been low without a break', () => {
	const months = [0.99, 0.4, 0.99, 0.98, 0.1, null, 0.02].map((value, at) => ({
		month: `2026-0${at + 1}`,
		share: value
	}));
	expect(lowSince(months, 0.99, 0.6)).toBe('2026-05');
	expect(lowSince(months.slice(0, 4), 0.99, 0.6)).toBeNull();
});
