import { expect, test } from 'vitest';
import { datesAhead } from '#lib/format/dates-ahead.ts';

test('what lies ahead stands in the order of its days, counted down', () => {
	expect(datesAhead('2026-11-23', 'sv')).toEqual([
		{ what: 'Oktober 2026 ska vara inne', when: '30 november 2026', day: '2026-11-30', away: 'om 7 dagar' },
		{ what: 'Återkoppling för januari–september 2026', when: 'december 2026', day: null, away: null },
		{
			what: 'Sista dag för födslar 2026',
			when: '31 januari 2027',
			day: '2027-01-31',
			away: 'om 2 månader'
		},
		{
			what: 'Sista dag för kompletteringar 2026',
			when: '1 maj 2027',
			day: '2027-05-01',
			away: 'om 5 månader'
		}
	]);
});

test('in January it is last year that has to be finished', () => {
	expect(datesAhead('2027-01-20', 'sv').map(({ what }) => what)).toEqual([
		'December 2026 ska vara inne',
		'Sista dag för födslar 2026',
		'Återkoppling för 2026',
		'Sista dag för kompletteringar 2026'
	]);
});

test('on the last day itself it is today', () => {
	expect(datesAhead('2027-01-31', 'en')[0]).toMatchObject({ day: '2027-01-31', away: 'today' });
});
