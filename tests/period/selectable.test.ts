import { expect, test } from 'vitest';
import { formatPeriod } from '#lib/period/period.ts';
import { selectablePeriods } from '#lib/period/selectable.ts';

const offered = (asOf: string, firstYear: number) =>
	selectablePeriods(asOf, firstYear).map(({ kind, period }) => `${kind} ${formatPeriod(period)}`);

test('in November the reader chooses among what has begun, latest first', () => {
	expect(offered('2026-11-23', 2023)).toEqual([
		'yearToDate 2026-01..2026-11',
		'cumulative 2026-01..2026-09',
		'cumulative 2026-01..2026-06',
		'cumulative 2026-Q1',
		'cumulative 2025-01..2025-09',
		'cumulative 2025-01..2025-06',
		'cumulative 2025-Q1',
		'quarter 2026-Q4',
		'quarter 2026-Q3',
		'quarter 2026-Q2',
		'quarter 2025-Q4',
		'quarter 2025-Q3',
		'quarter 2025-Q2',
		'year 2025',
		'year 2024',
		'year 2023'
	]);
});

test('no period is offered twice, nor one before the first year', () => {
	for (const asOf of ['2026-01-05', '2026-03-31', '2026-06-30', '2026-12-31']) {
		const texts = selectablePeriods(asOf, 2026).map(({ period }) => formatPeriod(period));
		expect(new Set(texts).size, asOf).toBe(texts.length);
		expect(texts.filter((text) => text < '2026')).toEqual([]);
	}
	expect(offered('2026-12-31', 2026)).toContain('yearToDate 2026');
	expect(offered('2026-01-05', 2026)).toEqual(['yearToDate 2026-01', 'quarter 2026-Q1']);
});
