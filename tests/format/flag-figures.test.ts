import { expect, test } from 'vitest';
import { flagFigures } from '#lib/format/flag-figures.ts';
import { completeness } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { Flag, Matter } from '#lib/measures/flag.ts';

const definition = await loadDefinition('data/mfr');
const view = {
	period: { from: '2026-01', to: '2026-09' },
	asOf: '2026-11-23',
	years: 3,
	basis: 'sameDay'
} as const;
const share = (nRecorded: number, nApplicable = 1000) =>
	completeness({ ...nothing, nRecorded, nApplicable, nBlank: nApplicable - nRecorded });
const told = (matter: Matter) => {
	const flag: Flag = { ...matter, id: 'x', unit: 'kalmar', severity: 'high', births: 288, p: 0 };
	return flagFigures(flag, { definition, view, locale: 'sv' }).map(
		({ label, text }) => `${label}: ${text.replace(/[\u00a0\u202f]/g, ' ')}`
	);
};

test('a variable is told since when, for whom, and with its shares then and before', () => {
	const since = { month: '2026-04', day: '2026-04-12', figure: share(3, 600) };
	expect(
		told({ kind: 'stopped', variable: 'APGAR5', figure: share(712), earlier: share(996), since })
	).toEqual([
		'Period: januari–september 2026',
		'Sedan: 12 april',
		'Berör: 288 barn',
		'Prioritet: hög',
		'I hela perioden: 71,2 % (712 av 1 000)',
		'Sedan dess: 0,5 % (3 av 600)',
		'Dessförinnan: 99,6 % (996 av 1 000)'
	]);
});

test('what has no earlier figure, and no first month, is told without', () => {
	const low = {
		kind: 'low',
		variable: 'APGAR5',
		figure: share(712),
		earlier: share(0, 0),
		since: null
	} as const;
	expect(told(low).slice(1)).toEqual([
		'Berör: 288 barn',
		'Prioritet: hög',
		'I hela perioden: 71,2 % (712 av 1 000)'
	]);
});

test('a volume is told beside what is expected, where anything is', () => {
	const low = told({ kind: 'volumeLow', volume: volume({ observed: 700, earlier: [1000, 1000, 1000] }) });
	expect(low.slice(-2)).toEqual([
		'Rapporterade födslar: 700',
		expect.stringMatching(/^Väntade födslar: \d+–1 \d+$/)
	]);
	const alone = told({ kind: 'volumeHigh', volume: volume({ observed: 700, earlier: [] }) });
	expect(alone.at(-1)).toBe('Rapporterade födslar: 700');
});
