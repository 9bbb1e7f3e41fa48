import { expect, test } from 'vitest';
import { formatMoment, formatMomentLong } from '#lib/format/moment.ts';

test('a moment is written as each language writes days and hours', () => {
	expect(formatMoment('2026-04-12 09:30:07', 'sv')).toBe('12 apr 2026 09.30');
	expect(formatMoment('2026-04-12 09:30:07', 'en')).toBe('12 Apr 2026, 09:30');
	expect(formatMomentLong('2026-04-12 09:30:07', 'sv')).toBe('12 april 2026 09.30');
});
