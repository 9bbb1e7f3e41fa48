import { expect, test } from 'vitest';
import { readArguments } from '#lib/notebook/front-matter.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { written } from './written.ts';

const today = '2026-11-23';
const label = 'label: { sv: A, en: A }';
const { header } = parseNotebook(
	'prov.md',
	written(
		'',
		`parameters:
  unit: { type: unit, ${label} }
  period: { type: period, ${label}, default: 2026-Q1 }
  day: { type: day, ${label}, default: '2026-11-23' }
  basis: { type: choice, choices: [ended, stood], ${label}, default: ended }
  years: { type: number, ${label}, default: '3' }
`
	)
);

test('what is not given is as the header says', () => {
	expect(readArguments(header, { unit: 'a', years: '5' }, today)).toEqual({
		values: { unit: 'a', period: '2026-Q1', day: '2026-11-23', basis: 'ended', years: '5' },
		wrong: [],
		missing: []
	});
});

test.for<[name: string, value: string, message: string]>([
	['period', '2026-13', 'not a period'],
	['day', '2026-02-30', 'not a day'],
	['basis', 'now', 'one of ended, stood'],
	['years', 'three', 'not a number'],
	['unti', 'a', 'did you mean unit?']
])('%s cannot be “%s”', ([name, value, message]) => {
	expect(readArguments(header, { unit: 'a', [name]: value }, today).wrong.join()).toContain(message);
});

test('what has no default has to be given', () => {
	expect(readArguments(header, {}, today)).toMatchObject({ wrong: [], missing: ['unit'] });
});
