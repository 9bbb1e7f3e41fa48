import { expect, test } from 'vitest';
import { figure } from '#lib/measures/figure.ts';
import { flagChanges } from '#lib/measures/flag-changes.ts';
import { flagId, type Flag, type Matter } from '#lib/measures/flag.ts';

const share = figure('completeness', { nRecorded: 70, nApplicable: 100 }, {});
const about = (kind: 'stopped' | 'dropped' | 'low', variable: string): Matter => ({
	kind,
	variable,
	figure: share,
	earlier: share,
	since: null
});
const flag = (unit: string, matter: Matter, start = '2026-01'): Flag => ({
	...matter,
	id: flagId(matter, start),
	unit,
	severity: 'middle',
	births: 30,
	p: 0
});

test('a flag keeps its id while the matter grows worse, and has one of its own per variable and year', () => {
	expect(flagId(about('dropped', 'APGAR5'), '2026-01')).toBe('values.APGAR5.2026-01');
	expect(flagId(about('stopped', 'APGAR5'), '2026-01')).toBe('values.APGAR5.2026-01');
	expect(flagId({ kind: 'notReported', months: ['2026-07'] }, '2026-01')).toBe('volume.2026-01');
	expect(flagId({ kind: 'late', figure: share, earlier: share }, '2025-01')).toBe('late.2025-01');
});

test('flags are new, persist or are resolved by unit and matter, over the turn of the year too', () => {
	const before = [
		flag('solna', about('dropped', 'APGAR5'), '2025-01'),
		flag('solna', about('low', 'ROK2'), '2025-01')
	];
	const now = [flag('solna', about('stopped', 'APGAR5')), flag('lycksele', about('low', 'ROK2'))];
	const changes = flagChanges(now, before);
	expect(changes.persisting).toEqual([now[0]]);
	expect(changes.new).toEqual([now[1]]);
	expect(changes.resolved).toEqual([before[1]]);
});
