import { expect, test } from 'vitest';
import { datesAhead } from '#lib/format/dates-ahead.ts';
import { unit } from '#lib/catalogue/unit.ts';

const named = (active: string) =>
	unit.parse({
		id: 'provsjukhuset',
		name: 'Provsjukhuset',
		place: 'Prov',
		region: 'Region Prov',
		code: '',
		births_per_year: '900',
		active,
		note: ''
	});

const told = (asOf: string, active?: string) =>
	datesAhead(asOf, 'sv', active === undefined ? undefined : named(active)).map(
		({ day, what }) => `${day} ${what}`
	);

test('what lies ahead stands in the order of its days, counted down', () => {
	expect(datesAhead('2026-11-23', 'sv').map(({ what, when, away }) => ({ what, when, away }))).toEqual([
		{ what: 'Födslar i oktober 2026 ska vara inne', when: '30 nov 2026', away: 'om 7 dagar' },
		{
			what: 'Sista dag inför återkopplingen för januari–september 2026',
			when: '1 dec 2026',
			away: 'om 8 dagar'
		},
		{ what: 'Återkoppling för januari–september 2026', when: '9 dec 2026', away: 'om 16 dagar' },
		{ what: 'Sista dag för födslar 2026', when: '31 jan 2027', away: 'om 2 månader' },
		{ what: 'Sista dag för kompletteringar 2026', when: '1 maj 2027', away: 'om 5 månader' }
	]);
});

test('in January it is last year that has to be finished', () => {
	expect(told('2027-01-20')).toEqual([
		'2027-01-31 Födslar i december 2026 ska vara inne',
		'2027-01-31 Sista dag för födslar 2026',
		'2027-03-01 Sista dag inför återkopplingen för 2026',
		'2027-03-10 Återkoppling för 2026',
		'2027-05-01 Sista dag för kompletteringar 2026'
	]);
});

test('on the last day itself it is today', () => {
	expect(datesAhead('2027-01-31', 'en')[0]).toMatchObject({ day: '2027-01-31', away: 'today' });
});

test('between the cut-off and its feedback no other cut-off is shown', () => {
	expect(told('2026-12-05').filter((line) => /återkoppling/i.test(line))).toEqual([
		'2026-12-09 Återkoppling för januari–september 2026'
	]);
});

test('the round that closes a year is shown to the country while it is the next one, and to no unit', () => {
	expect(told('2026-03-12')).toContain('2026-05-02 2025 avslutas, utan återkoppling');
	expect(told('2026-03-12', '1973-01-01..').join()).not.toContain('avslutas');
	expect(told('2026-03-10').join()).not.toContain('avslutas');
	expect(told('2026-05-03').join()).not.toContain('avslutas');
});

test('a unit that has closed is told what is left of the year it closed in, and then nothing', () => {
	expect(told('2026-11-23', '1973-01-01..2026-06-15')).toEqual([
		'2026-12-01 Sista dag inför återkopplingen för januari–september 2026',
		'2026-12-09 Återkoppling för januari–september 2026',
		'2027-01-31 Sista dag för födslar 2026',
		'2027-05-01 Sista dag för kompletteringar 2026'
	]);
	expect(told('2027-05-02', '1973-01-01..2026-06-15')).toEqual([]);
});
