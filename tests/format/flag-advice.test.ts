import { expect, test } from 'vitest';
import { flagAdvice } from '#lib/format/flag-advice.ts';
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
const said = (matter: Matter, locale: Locale = 'sv', asOf = view.asOf as string) =>
	flagAdvice(matter, { definition, view: { ...view, asOf }, locale });

const share = completeness({ ...nothing, nRecorded: 700, nApplicable: 1000, nBlank: 300 });
const late = figure('timeliness', { onTime: 700, birthsDue: 1000 });
const few = volume({ observed: 700, earlier: [1000, 1000, 1000] });
const ofVariable = { variable: 'APGAR5', figure: share, earlier: share, since: null };
const odd = { what: 'heaping', code: null, share, earlier: null, nation: null } as const;
const matters: Matter[] = [
	{ kind: 'notReported', months: ['2026-07'] },
	{ kind: 'volumeLow', volume: few },
	{ kind: 'volumeHigh', volume: few },
	{ kind: 'formMissing', form: 'MHV2', figure: share, since: null },
	{ kind: 'stopped', ...ofVariable },
	{ kind: 'dropped', ...ofVariable },
	{ kind: 'low', ...ofVariable },
	{ kind: 'invalid', ...ofVariable },
	{ kind: 'implausible', ...ofVariable },
	{ kind: 'odd', variable: 'APGAR5', odd, figure: share },
	{ kind: 'late', figure: late, earlier: late }
];

test('each kind of flag has an advice of its own, in both languages', () => {
	const texts = matters.flatMap((matter) => [said(matter), said(matter, 'en')]);
	expect(new Set(texts).size).toBe(2 * matters.length);
});

test('missing births have their last day, supplements another', () => {
	expect(said({ kind: 'notReported', months: ['2026-07'] })).toContain(
		'2026 års födslar ska vara inne senast 31 januari 2027.'
	);
	expect(said({ kind: 'stopped', ...ofVariable })).toContain(
		'Kompletteringar för 2026 års födslar tas emot till och med 1 maj 2027.'
	);
});

test('after the last day there is a cause to mend, and nothing to hand in', () => {
	expect(said({ kind: 'late', figure: late, earlier: late }, 'sv', '2027-02-01')).toContain(
		'Sista dagen för 2026 års födslar var 31 januari 2027.'
	);
	expect(said({ kind: 'low', ...ofVariable }, 'en', '2027-05-01')).not.toContain('The last day');
	expect(said({ kind: 'low', ...ofVariable }, 'en', '2027-05-02')).toContain(
		'The last day for births of 2026 was'
	);
});
