import { expect, test } from 'vitest';
import type { ReportRow } from '#lib/server/rounds/reports.ts';
import { clinicList } from '../../src/routes/rounds/[round=round]/clinics/clinic-list.ts';

const row = (of: string, changed: Partial<ReportRow> = {}): ReportRow => ({
	round: '2026-09',
	edition: 1,
	kind: 'clinic',
	of,
	unit: null,
	locale: 'sv',
	format: 'pdf',
	state: 'made',
	fault: null,
	sha256: 'x',
	bytes: 1,
	path: `${of}-sv.pdf`,
	opening: `${of} på svenska.`,
	flags: { new: 1, persisting: 0, resolved: 0, newBirths: 9 },
	...changed
});
const rows = [
	row('4806'),
	row('4806', { locale: 'en', opening: '4806 in English.' }),
	row('12'),
	row('4801', { state: 'failed', fault: 'x', opening: null, flags: null }),
	row('4801', { locale: 'en', opening: null, flags: null }),
	row('48B'),
	row('48B', { format: 'xlsx', state: 'waiting', opening: null }),
	row('visby', { kind: 'unit' })
];

test('clinics stand in the order of their numbers, each with its files and how it opens', () => {
	const found = clinicList(rows, '', 'en');
	expect(found.map(({ number }) => number)).toEqual(['12', '48B', '4801', '4806']);
	expect(found.at(-1)).toMatchObject({ opening: '4806 in English.', flags: { new: 1 }, state: 'made' });
	expect(found.at(-1)?.rows).toHaveLength(2);
});

test('a clinic one file of which failed or waits is told as that', () => {
	const states = clinicList(rows, '48', 'sv').map(({ number, state }) => [number, state]);
	expect(states).toEqual([
		['48B', 'waiting'],
		['4801', 'failed'],
		['4806', 'made']
	]);
});

test('a number is found by how it begins, however it is written', () => {
	expect(clinicList(rows, ' 48 b ', 'sv').map(({ number }) => number)).toEqual(['48B']);
	expect(clinicList(rows, '9', 'sv')).toEqual([]);
});
