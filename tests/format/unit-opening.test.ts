import { expect, test } from 'vitest';
import { plainText } from '#lib/format/sentence.ts';
import { unitOpening, unitState, type UnitOpening } from '#lib/format/unit-opening.ts';
import { completeness } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';
import { parsePeriod } from '#lib/period/period.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { Flag } from '#lib/measures/flag.ts';

const definition = await loadDefinition('data/mfr');
const asOf = '2026-11-23';
const links = { volume: '#volume', variable: (id: string) => `#${id}`, flags: '#flags' };
const share = (nRecorded: number) =>
	completeness({ ...nothing, nRecorded, nApplicable: 1000, nBlank: 1000 - nRecorded });
const base = { id: 'x', unit: 'sodersjukhuset', severity: 'middle', p: 0 } as const;
const fallen = (variable: string): Flag => ({
	...base,
	kind: 'dropped',
	variable,
	figure: share(700),
	earlier: share(990),
	births: 290,
	since: null
});

function opening(changed: Partial<UnitOpening> & { period?: string; unitId?: string } = {}): UnitOpening {
	const period = parsePeriod(changed.period ?? '2026-01..2026-09') ?? { from: '2026-01', to: '2026-09' };
	const unit = definition.unitById.get(changed.unitId ?? 'sodersjukhuset');
	if (!unit) throw new Error('no such unit');
	return {
		unit,
		view: { period, asOf, years: 3, basis: 'sameDay' },
		volume: { judged: period, births: 1000, volume: volume({ observed: 1000, earlier: [1010, 990, 1000] }) },
		months: [{ births: 100, earlier: [100, 100, 100] }],
		flags: [],
		...changed
	};
}
const said = (o: UnitOpening, locale: 'sv' | 'en' = 'sv') =>
	unitOpening(o, { definition, view: o.view, locale }, links)
		.map(plainText)
		.join(' ')
		.replace(/[\u00a0\u202f]/g, ' ');

test('where nothing stands out the opening says so', () => {
	expect(said(opening())).toBe(
		'1 000 födslar är rapporterade för januari–september 2026, inom det väntade (930–1 072). ' +
			'Inget sticker ut: variabler och formulär är ifyllda som förut eller bättre.'
	);
});

test('what falls out most is told in a sentence, the others by name', () => {
	const flags = [fallen('APGAR5'), fallen('ROK2'), fallen('BVIKT')];
	expect(said(opening({ flags }))).toContain(
		'Apgar vid 5 minuter finns för 70,0 % av barnen, mot 99,0 % tidigare. ' +
			'Också Rökning i vecka 30–32 och Födelsevikt faller bort.'
	);
	expect(said(opening({ flags }), 'en')).toContain(
		'Falling out too: Smoking in weeks 30–32 and Birth weight.'
	);
});

test('of many variables the three that concern most are named', () => {
	const flags = ['APGAR5', 'ROK2', 'BVIKT', 'KON', 'HOMF'].map(fallen);
	expect(said(opening({ flags }))).toMatch(
		/4 variabler till faller bort, mest Rökning .*, Födelsevikt och [^,]+\.$/
	);
});

test('a month that was not reported stands before what falls out', () => {
	const flags: Flag[] = [
		fallen('APGAR5'),
		{ ...base, kind: 'notReported', months: ['2026-07'], births: 570 }
	];
	expect(said(opening({ flags }))).toMatch(
		/\. Juli är inte rapporterad; omkring 570 födslar saknas\. Apgar vid 5 minuter/
	);
});

test.for([
	[
		'notOpen',
		{ period: '1999', unitId: 'bb-stockholm' },
		/första förlossningarna 1 januari 2001 och hade inga under 1999/
	],
	['closed', { period: '2026-01..2026-09', unitId: 'solleftea' }, /stängd sedan 31 januari 2017/],
	[
		'paused',
		{ period: '2023', unitId: 'lycksele' },
		/uppehåll under 2023: .* från 23 december 2022 till 18 februari 2024/
	],
	['none', { months: [{ births: 0, earlier: [null] }] }, /har inte rapporterat några födslar än/],
	['notDue', { period: '2026-11' }, /Inget har kommit för november 2026, .*senast 30 december 2026/],
	['empty', {}, /Inga födslar är rapporterade för januari–september 2026/],
	[
		'none',
		{ period: '2019', unitId: 'karlskoga', months: [{ births: 0, earlier: [null] }] },
		/har inte rapporterat några födslar\. De sista förlossningarna togs emot 15 juni 2019\.$/
	],
	[
		'partly',
		{ period: '2024', unitId: 'lycksele' },
		/hade uppehåll från 23 december 2022 till 18 februari 2024, så antalet jämförs inte med tidigare år/
	],
	['partly', { period: '2019', unitId: 'karlskoga' }, /tog emot de sista förlossningarna 15 juni 2019, så/],
	['partly', { period: '2014', unitId: 'bb-sophia' }, /Enheten öppnade 1 mars 2014, så/]
] as const)('%s is a state with words of its own', ([state, changed, words]) => {
	const observed = state === 'partly' ? 80 : 0;
	const o = opening({
		...changed,
		months:
			'months' in changed
				? [...changed.months].map((m) => ({ ...m, earlier: [...m.earlier] }))
				: [{ births: 0, earlier: [90] }]
	});
	const judged = state === 'notDue' ? null : o.view.period;
	const known = !['notOpen', 'closed', 'paused'].includes(state);
	const found = {
		...o,
		volume: known ? { judged, births: observed, volume: volume({ observed, earlier: [] }) } : null
	};
	expect(unitState(found)).toBe(state);
	expect(said(found)).toMatch(words);
});
