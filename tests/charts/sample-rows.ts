import { bandOf, type VolumeBandRow } from '#lib/charts/volume-band.ts';
import type { TrendRow } from '#lib/charts/completeness-trend.ts';

/** Rows for every kind of chart, and the options that the kind needs: what a notebook would hand over. */
export const samples: Record<string, { rows: object[]; settings: object }> = {
	'volume-band': { rows: volumeRows(), settings: { years: 3 } },
	'completeness-trend': {
		rows: trendRows(),
		settings: { names: { own: 'Provsjukhuset', nation: 'Sverige' }, target: 0.95 }
	},
	'units-strip': {
		rows: [
			{ unit: 'prov', name: 'Provsjukhuset', share: 0.91, own: true },
			{ unit: 'a', name: 'Astad', share: 0.82, own: false },
			{ unit: 'b', name: 'Bstad', share: 1, own: false },
			{ unit: 'c', name: 'Cstad', share: null, own: false },
			{ unit: 'd', name: null, share: 0.99, own: false }
		],
		settings: { target: 0.95 }
	},
	'code-distribution': {
		rows: [
			{ code: '1', label: 'Ja', n: 30, share: 0.3, nation: 0.25 },
			{
				code: '2',
				label: 'Nej, och inte heller tidigare under graviditeten',
				n: 70,
				share: 0.7,
				nation: 0.75
			}
		],
		settings: { names: { own: 'Provsjukhuset', nation: 'Sverige' } }
	},
	'receipt-days': {
		rows: [
			{ value: 0, n: 3 },
			{ value: 11, n: 40 },
			{ value: 31, n: 5 },
			{ value: 250, n: 2 }
		],
		settings: { median: 11 }
	}
};

/** Ten months due, one that still comes in, one that has not begun. */
export function volumeRows(): VolumeBandRow[] {
	return Array.from({ length: 12 }, (_, index) => ({
		month: `2026-${String(index + 1).padStart(2, '0')}`,
		births: index === 11 ? null : index === 10 ? 12 : 100 + index,
		due: index < 10,
		...bandOf([98 + index, 104 + index, index === 0 ? null : 107 + index])
	}));
}

/** Twelve quarters, the fifth without data. */
export function trendRows(): TrendRow[] {
	return Array.from({ length: 12 }, (_, index) => ({
		month: `${2024 + Math.floor(index / 4)}-${String((index % 4) * 3 + 1).padStart(2, '0')}`,
		share: index === 4 ? null : 0.97,
		nation: 0.98
	}));
}
