import { describe, expect, test } from 'vitest';
import { readArguments } from '#lib/notebook/front-matter.ts';
import { parseNotebook, readNotebook } from '#lib/notebook/parse.ts';
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

describe('words for what moves with the days', () => {
	const words = parseNotebook(
		'prov.md',
		written(
			'',
			`parameters:\n  p: { type: period, ${label} }\n  d: { type: day, ${label}, default: today }\n`
		)
	).header;
	const period = (word: string, day: string) => readArguments(words, { p: word }, day).values.p;

	test.for<[word: string, day: string, period: string]>([
		['this-year', '2026-11-23', '2026-01..2026-09'],
		['this-year', '2026-01-15', '2025'],
		['last-year', '2026-11-23', '2025'],
		['last-round', '2026-11-23', '2026-01..2026-06'],
		['last-round', '2026-12-01', '2026-01..2026-09'],
		['last-round', '2026-02-28', '2025-01..2025-09'],
		['last-round', '2026-03-01', '2025'],
		['ten-years', '2026-11-23', '2016-01..2025-12']
	])('%s is, on %s, %s', ([word, day, expected]) => expect(period(word, day)).toBe(expected));

	test('today is today', () => {
		expect(readArguments(words, { p: '2025' }, today).values.d).toBe(today);
	});
});

describe('what has to be among what there is', () => {
	const choices = { unit: [{ value: 'gavle', label: 'Gävle' }] };

	test('is, or the nearest is named', () => {
		expect(readArguments(header, { unit: 'gavle' }, today, choices)).toMatchObject({
			wrong: [],
			missing: []
		});
		expect(readArguments(header, { unit: 'gavel' }, today, choices)).toMatchObject({
			wrong: ['unit: there is no unit gavel; did you mean gavle?'],
			missing: ['unit']
		});
	});

	test('may be nothing, for all, where nothing is the default', () => {
		const all = parseNotebook(
			'prov.md',
			written('', `parameters:\n  unit: { type: unit, ${label}, default: '' }\n`)
		).header;
		expect(readArguments(all, { unit: '' }, today, choices)).toEqual({
			values: { unit: '' },
			wrong: [],
			missing: []
		});
		expect(readArguments(header, { unit: '' }, today, choices).missing).toEqual(['unit']);
	});
});

test('what cannot be is told, and the default stands in its place', () => {
	expect(readArguments(header, { unit: 'a', years: 'three' }, today)).toMatchObject({
		values: { years: '3' },
		wrong: ['years: “three” is not a number']
	});
});

test('what is wrong in a header is left out of it, and the rest of it stands', () => {
	const { notebook } = readNotebook(
		'prov',
		`---\ntitle: A\naudience: nobody\nparameters:\n  a: { type: text, ${label}, default: x }\n  b: { type: tekst, ${label} }\n---\n`
	);
	expect(notebook.header).toMatchObject({ audience: 'statistician', source: 'register' });
	expect(Object.keys(notebook.header.parameters)).toEqual(['a']);
	expect(notebook.header.title).toBe('A');
});
