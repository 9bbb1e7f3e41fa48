import { expect, test } from 'vitest';
import type { Variable } from '#lib/catalogue/variable.ts';
import { nationSentence, shareSentence, trendTitle, unitsSentence } from '#lib/format/variable-sentence.ts';
import { figure } from '#lib/measures/figure.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';

const { byId } = await loadDefinition('data/mfr');
const variable = (id: string): Variable => byId.get(id) ?? expect.fail(id);
const share = (n: number, of = 1000) =>
	figure('completeness', { nRecorded: n, nApplicable: of }, { target: 0.98 });
const place = { where: 'I Sverige', period: 'januari–juni 2026', before: 'i fjol', locale: 'sv' } as const;
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');

test('a share is said with its base and the year before', () => {
	const pair = { figure: share(942), earlier: share(991) };
	expect(plain(shareSentence(variable('APGAR5'), pair, place))).toBe(
		'I Sverige finns uppgiften för 94,2 % (942 av 1 000 födslar) under januari–juni 2026, mot 99,1 % i fjol.'
	);
	expect(plain(nationSentence(pair, place))).toBe('I Sverige är andelen 94,2 %, mot 99,1 % i fjol.');
});

test('a tick box is said as ticked, a mother by her deliveries, a first year without one before', () => {
	const pair = { figure: share(600), earlier: share(0, 0) };
	expect(plain(shareSentence(variable('FLSPONT'), pair, place))).toBe(
		'I Sverige är rutan ikryssad för 60,0 % (600 av 1 000 förlossningar) under januari–juni 2026.'
	);
	expect(nationSentence(pair, place)).toBeUndefined();
});

test('no share is said with its reason', () => {
	const pair = { figure: share(3, 4), earlier: share(0, 0) };
	expect(shareSentence(variable('APGAR5'), pair, place)).toContain('för få för att säga (4)');
});

test('units are counted against the target; without one, half of them are placed', () => {
	const units = [share(360), share(985), share(990), share(995), share(1000)];
	expect(plain(unitsSentence(variable('APGAR5'), units, 'sv'))).toBe('En av 5 enheter når inte målet, 98 %');
	expect(plain(unitsSentence(variable('APGAR5'), units.slice(1), 'sv'))).toBe(
		'Alla 4 enheter når målet, 98 %'
	);
	expect(plain(unitsSentence(variable('APGAR5'), [share(10), share(20)], 'sv'))).toBe(
		'Ingen av 2 enheter når målet, 98 %'
	);
	expect(plain(unitsSentence(variable('FLSPONT'), units, 'sv'))).toBe(
		'Hälften av enheterna ligger mellan 98,5 % och 99,5 %'
	);
	expect(unitsSentence(variable('FLSPONT'), units.slice(1), 'sv')).toBeUndefined();
	expect(unitsSentence(variable('APGAR5'), units.slice(1, 2), 'sv')).toBeUndefined();
});

const monthly = (shares: number[]) =>
	shares.map((n, at) => ({ month: `2026-0${at + 1}`, figure: share(n, 1000) }));
const about = { name: 'Sverige', before: 'i fjol', locale: 'sv' } as const;

test('a fall is said with the month since which it has lasted, and the share since then', () => {
	const months = monthly([980, 985, 980, 400, 10, 20]);
	const pair = { figure: share(3375, 6000), earlier: share(5880, 6000) };
	expect(plain(trendTitle(months, pair, about))).toBe('Sverige: från 98,0 % till 14,3 % sedan april 2026');
});

test('a rise, a fall that comes and goes, and no move are told apart', () => {
	const [low, high] = [share(4000, 6000), share(5900, 6000)];
	expect(plain(trendTitle(monthly([900]), { figure: high, earlier: low }, about))).toBe(
		'Sverige: 98,3 %, upp från 66,7 % i fjol'
	);
	expect(plain(trendTitle(monthly([300, 990]), { figure: low, earlier: high }, about))).toBe(
		'Sverige: 66,7 %, ned från 98,3 % i fjol'
	);
	expect(plain(trendTitle(monthly([980]), { figure: high, earlier: high }, about))).toBe(
		'Sverige: omkring 98,3 %'
	);
});
