import { expect, test } from 'vitest';
import { concernedText, findingSentence, monthsText, sinceText } from '#lib/format/finding-sentence.ts';
import { completeness, figure } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Finding } from '#lib/measures/finding.ts';

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
const said = (finding: Finding, locale: Locale = 'sv') =>
	findingSentence(finding, context(locale)).replace(/[\u00a0\u202f]/g, ' ');

const apgar = {
	kind: 'variable',
	variable: 'APGAR5',
	figure: share(712),
	earlier: share(992),
	births: 280,
	since: { month: '2026-04', figure: share(31) }
} as const;

test('a variable that stopped is told with the month and the shares before and since', () => {
	expect(said(apgar)).toBe(
		'Apgar vid 5 minuter saknas för nästan alla barn sedan april (3,1 % mot 99,2 % i fjol)'
	);
	expect(said(apgar, 'en')).toBe(
		'Apgar at 5 minutes has been missing for nearly all children since April (3.1% against 99.2% last year)'
	);
});

test('a month of another year is told with its year', () => {
	const since = { month: '2025-11', figure: share(740) };
	expect(said({ ...apgar, since })).toBe(
		'Apgar vid 5 minuter har sjunkit till 74,0 % sedan november 2025, från 99,2 % i fjol'
	);
});

test('without a month it is told of the whole period, and whose it is by its level', () => {
	expect(said({ ...apgar, since: null })).toBe(
		'Apgar vid 5 minuter finns för 71,2 % av barnen, mot 99,2 % i fjol'
	);
	expect(said({ ...apgar, variable: 'MLANGD', since: null })).toContain('71,2 % av mödrarna');
	expect(said({ ...apgar, variable: 'ELEKAKUT', since: null })).toContain('av de mödrar som det gäller');
});

test('without an earlier year a variable is held against its target', () => {
	expect(said({ ...apgar, earlier: share(0, 0), since: null })).toBe(
		'Apgar vid 5 minuter finns för bara 71,2 % av barnen; målet är 98 %'
	);
});

test('a year that is over is held against the year before it, not against last year', () => {
	const period = { from: '2024-01', to: '2024-12' };
	const text = findingSentence({ ...apgar, since: null }, { ...context(), view: { ...view, period } });
	expect(text).toContain('året före');
});

test('a tick box is said to be ticked less often, not to be missing', () => {
	expect(said({ ...apgar, variable: 'EPIBL', figure: share(120), earlier: share(450), since: null })).toBe(
		'Kryssen för Epiduralbedövning har blivit färre: 12,0 % mot 45,0 % i fjol'
	);
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
	expect(said({ ...form, since: { month: '2026-04', figure: missing(980) } })).toBe(
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
	expect(said({ kind: 'invalid', variable: 'BVIKT', figure: invalid, births: 21 })).toBe(
		'Födelsevikt har värden som inte är tillåtna: 16,2 % (21 av 130)'
	);
	const late = figure('timeliness', { onTime: 420, birthsDue: 500 });
	expect(said({ kind: 'late', figure: late, births: 80 })).toBe(
		'Bara 84,0 % (420 av 500) kom in inom en månad'
	);
});

test('whom a finding concerns: children, mothers or births, in their number', () => {
	const told = (finding: Finding) => concernedText(finding, context()).replace('\u202f', ' ');
	expect(told({ ...apgar, births: 1021 })).toBe('1 021 barn');
	expect(told({ ...apgar, variable: 'ROK2', births: 1 })).toBe('1 mor');
	expect(told({ kind: 'notReported', months: ['2026-07'], births: 90 })).toBe('90 födslar');
});

test('since when is said where it is known', () => {
	expect(sinceText(apgar, context())).toBe('april');
	expect(sinceText({ ...apgar, since: null }, context())).toBeNull();
	expect(sinceText({ kind: 'notReported', months: ['2026-07', '2026-08'], births: 9 }, context())).toBe(
		'juli'
	);
});
