import { expect, test } from 'vitest';
import { concernedText, flagSentence, monthsText, sinceText } from '#lib/format/flag-sentence.ts';
import { completeness, figure } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Matter } from '#lib/measures/flag.ts';

const definition = await loadDefinition('data/mfr');
const view = {
	period: { from: '2026-01', to: '2026-09' },
	asOf: '2026-11-23',
	years: 3,
	basis: 'sameDay'
} as const;
const context = (locale: Locale = 'sv') => ({ definition, view, locale });
const share = (nRecorded: number, nApplicable = 1000) =>
	completeness({ ...nothing, nRecorded, nApplicable, nBlank: nApplicable - nRecorded });
/** A sentence with the spaces that a reader does not see as such made plain. */
const said = (flag: Matter & { births: number }, locale: Locale = 'sv') =>
	flagSentence(flag, context(locale)).replace(/[\u00a0\u202f]/g, ' ');

const apgar = {
	kind: 'dropped',
	variable: 'APGAR5',
	figure: share(712),
	earlier: share(992),
	births: 280,
	since: { month: '2026-04', day: null, figure: share(310) }
} as const;

test('a variable that stopped is told with the day and with how it was before', () => {
	const stopped = {
		...apgar,
		kind: 'stopped',
		earlier: share(996),
		since: { month: '2026-04', day: '2026-04-12', figure: share(3) }
	} as const;
	expect(said(stopped)).toBe(
		'Apgar vid 5 minuter saknas för nästan alla barn sedan 12 april; dessförinnan saknades 0,4 %'
	);
	expect(said(stopped, 'en')).toBe(
		'Apgar at 5 minutes has been missing for nearly all children since 12 April; before that 0.4% were missing'
	);
	expect(said({ ...stopped, since: { ...stopped.since, day: '2025-11-03' } })).toContain(
		'sedan 3 november 2025;'
	);
});

test('a month of another year is told with its year', () => {
	const since = { month: '2025-11', day: null, figure: share(740) };
	expect(said({ ...apgar, since })).toBe(
		'Apgar vid 5 minuter har sjunkit till 74,0 % sedan november 2025, från 99,2 % dessförinnan'
	);
});

test('without a month it is told of the whole period, and whose it is by its level', () => {
	expect(said({ ...apgar, since: null })).toBe(
		'Apgar vid 5 minuter finns för 71,2 % av barnen, mot 99,2 % tidigare'
	);
	expect(said({ ...apgar, variable: 'MLANGD', since: null })).toContain('71,2 % av mödrarna');
	expect(said({ ...apgar, variable: 'ELEKAKUT', since: null })).toContain('av de mödrar som det gäller');
});

test('a variable that lies low is held against its target', () => {
	expect(said({ ...apgar, kind: 'low', earlier: share(0, 0), since: null })).toBe(
		'Apgar vid 5 minuter finns för bara 71,2 % av barnen; målet är 98 %'
	);
});

test('what is odd in the answers is told beside the unit before and the other units', () => {
	const odd = { kind: 'odd', births: 200, figure: share(990) } as const;
	const box = { what: 'unused', code: null, share: share(2), earlier: 0.45, nation: 0.4 } as const;
	expect(said({ ...odd, variable: 'EPIBL', odd: box })).toBe(
		'Epiduralbedövning kryssas nästan aldrig för: 0,2 %, mot 45,0 % tidigare'
	);
	const code = { what: 'code', code: '9', share: share(300), earlier: 0.02, nation: 0.03 } as const;
	expect(said({ ...odd, variable: 'UPPFOD', odd: code })).toMatch(
		/^.+ anges som ”.+” för 30,0 %, mot 2,0 % tidigare och 3,0 % på andra enheter$/
	);
	const tens = { what: 'heaping', code: null, share: share(600), earlier: 0.2, nation: 0.21 } as const;
	expect(said({ ...odd, variable: 'BVIKT', odd: tens })).toContain('i jämna tiotal: 60,0 %, mot 21,0 %');
});

test('months that were not reported are named in Swedish number, in a row as from and to', () => {
	const silent = { kind: 'notReported', births: 1140 } as const;
	expect(said({ ...silent, months: ['2026-07'] })).toBe(
		'Juli är inte rapporterad; omkring 1 140 födslar saknas'
	);
	expect(said({ ...silent, months: ['2026-07', '2026-08'] })).toMatch(
		/^Juli och augusti är inte rapporterade/
	);
	expect(monthsText(['2026-01', '2026-03', '2026-04', '2026-05'], context())).toBe('januari och mars–maj');
	expect(monthsText(['2025-11', '2025-12', '2026-01'], context())).toBe('november 2025–januari');
});

test('a form is told by its name, and since when nearly all lack it', () => {
	const missing = (nMissing: number) => figure('formMissing', { nMissing, nApplicable: 1000 });
	const form = { kind: 'formMissing', form: 'MHV2', figure: missing(123), births: 123 } as const;
	expect(said({ ...form, since: null })).toBe(
		'Formuläret MHV2 (Fortsatt mödrahälsovård) saknas för 12,3 % av mödrarna (123 av 1 000)'
	);
	expect(said({ ...form, since: { month: '2026-04', day: null, figure: missing(980) } })).toBe(
		'Formuläret MHV2 (Fortsatt mödrahälsovård) saknas för nästan alla mödrar sedan april, 98,0 % (980 av 1 000)'
	);
});

test('volume is told with what was expected, in whole births', () => {
	const found = volume({ observed: 812, earlier: [1100, 1090, 1110] });
	expect(said({ kind: 'volumeLow', volume: found, births: 288 })).toBe(
		'Färre födslar än väntat: 812 mot 1 026–1 175 (−26 %)'
	);
});

test('wrong values and late births are told with their base', () => {
	const invalid = figure('invalid', { nInvalid: 21, nApplicable: 130 });
	const wrong = { kind: 'invalid', figure: invalid, earlier: invalid, since: null } as const;
	expect(said({ ...wrong, variable: 'BVIKT', births: 21 })).toBe(
		'Födelsevikt har värden som inte är tillåtna: 16,2 % (21 av 130)'
	);
	const late = figure('timeliness', { onTime: 420, birthsDue: 500 });
	expect(said({ kind: 'late', figure: late, earlier: late, births: 80 })).toBe(
		'Bara 84,0 % (420 av 500) kom in inom en månad'
	);
});

test('whom a flag concerns: children, mothers or births, in their number', () => {
	const told = (flag: Matter & { births: number }) => concernedText(flag, context()).replace('\u202f', ' ');
	expect(told({ ...apgar, births: 1021 })).toBe('1 021 barn');
	expect(told({ ...apgar, variable: 'ROK2', births: 1 })).toBe('1 mor');
	expect(told({ kind: 'notReported', months: ['2026-07'], births: 90 })).toBe('90 födslar');
});

test('since when is said where it is known', () => {
	expect(sinceText(apgar, context())).toBe('april');
	expect(sinceText({ ...apgar, since: null }, context())).toBeNull();
	expect(sinceText({ kind: 'notReported', months: ['2026-07', '2026-08'] }, context())).toBe('juli');
});
