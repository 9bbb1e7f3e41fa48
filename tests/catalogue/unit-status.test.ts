import { expect, test } from 'vitest';
import { pauses, unitStatus } from '#lib/catalogue/unit-status.ts';
import type { Unit } from '#lib/catalogue/unit.ts';

const unit = (active: Unit['active']): Unit => ({
	id: 'prov',
	name: 'Prov',
	place: 'Prov',
	region: 'Prov',
	code: '',
	births_per_year: 100,
	active,
	note: ''
});
const pausing = unit([{ from: '1973-01-01', to: '2022-12-22' }, { from: '2024-02-19' }]);

test.for([
	['1972-12-31', { kind: 'notOpen', next: '1973-01-01' }],
	['2022-12-22', { kind: 'active', since: '1973-01-01' }],
	['2022-12-23', { kind: 'paused', last: '2022-12-22', next: '2024-02-19' }],
	['2024-02-19', { kind: 'active', since: '2024-02-19' }]
] as const)('on %s a unit with a pause stands as its periods say', ([day, status]) => {
	expect(unitStatus(pausing, day)).toEqual(status);
});

test('a unit is closed from the day after its last', () => {
	const closed = unit([{ from: '2014-03-01', to: '2016-05-31' }]);
	expect(unitStatus(closed, '2016-05-31').kind).toBe('active');
	expect(unitStatus(closed, '2016-06-01')).toEqual({ kind: 'closed', last: '2016-05-31' });
});

test('a pause runs from the day after one period to the day before the next', () => {
	expect(pauses(pausing)).toEqual([{ first: '2022-12-23', last: '2024-02-18' }]);
	expect(pauses(unit([{ from: '1973-01-01' }]))).toEqual([]);
});
