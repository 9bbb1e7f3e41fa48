import { expect, test } from 'vitest';
import { flagSubject, partsOfFlagId } from '#lib/format/flag-subject.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { flagId, type Matter } from '#lib/measures/flag.ts';
import { completeness } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';

const definition = await loadDefinition('data/mfr');
const share = completeness({ ...nothing, nRecorded: 700, nApplicable: 1000, nBlank: 300 });
const ofVariable = { variable: 'APGAR5', figure: share, earlier: share, since: null };
const subject = (matter: Matter) => flagSubject(flagId(matter, '2026-01'), definition, 'sv');

test('by its id alone a flag is known by its variable, its form, or that it is about births or time', () => {
	expect(subject({ kind: 'stopped', ...ofVariable })).toBe('Apgar vid 5 minuter');
	expect(subject({ kind: 'implausible', ...ofVariable })).toBe('Apgar vid 5 minuter');
	expect(subject({ kind: 'formMissing', form: 'MHV2', figure: share, since: null })).toBe('Formuläret MHV2');
	expect(subject({ kind: 'volumeHigh', volume: volume({ observed: 1, earlier: [] }) })).toBe('Volym');
	expect(subject({ kind: 'notReported', months: ['2026-03'] })).toBe('Volym');
	expect(subject({ kind: 'late', figure: share, earlier: share })).toBe('I tid');
});

test('a variable that the catalogue no longer has is told by its id', () => {
	expect(flagSubject('values.GONE.2026-01', definition, 'sv')).toBe('GONE');
});

test('an id is taken apart as it was put together', () => {
	const id = flagId({ kind: 'dropped', ...ofVariable }, '2026-04');
	expect(partsOfFlagId(id)).toEqual({ matter: 'values', subject: 'APGAR5', from: '2026-04' });
	expect(partsOfFlagId('volume-high.2025-01')).toEqual({
		matter: 'volume-high',
		subject: null,
		from: '2025-01'
	});
});
