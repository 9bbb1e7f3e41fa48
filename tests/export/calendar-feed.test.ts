import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { unit as unitRow } from '#lib/catalogue/unit.ts';
import { calendarDates } from '#lib/period/calendar-dates.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { calendarFeed } from '#lib/server/export/calendar-feed.ts';

const { register, unitById } = await loadDefinition('data/mfr');
const asOf = '2026-11-23';
const [unit] = [...unitById.values()].filter(({ id }) => id === 'sodersjukhuset');

/** A feed's events as another library reads them. */
function events(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	return calendar.getAllSubcomponents('vevent').map((component) => {
		const event = new ICAL.Event(component);
		const alarms = component.getAllSubcomponents('valarm');
		return {
			uid: event.uid,
			day: event.startDate.toString(),
			isDate: event.startDate.isDate,
			summary: event.summary,
			description: event.description,
			stamp: String(component.getFirstPropertyValue('dtstamp')),
			reminders: alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
		};
	});
}

const feed = (locale: 'sv' | 'en' = 'sv', of = unit, day = asOf) =>
	calendarFeed({ register, unit: of, locale, asOf: day });
const everybodys = calendarFeed({ register, locale: 'sv', asOf });

test('another library reads every day of last year, this one and the next two, as whole days', () => {
	const read = events(everybodys);
	const days = calendarDates('2025-01-01', '2028-12-31').map(({ day }) => day);
	expect(read.map(({ day }) => day)).toEqual(days);
	expect(read.every(({ isDate }) => isDate)).toBe(true);
});

test('a day says what it is, for whom, and reminds a week before when something is asked', () => {
	const read = events(feed());
	expect(read.find(({ day, uid }) => day === '2027-01-31' && uid.startsWith('last'))).toEqual({
		uid: 'last-births-2026.sodersjukhuset@bortfall',
		day: '2027-01-31',
		isDate: true,
		summary: 'Sista dag för födslar 2026 – Medicinska födelseregistret',
		description: 'Därefter går det bara att komplettera, till och med 1 maj 2027.\nSödersjukhuset',
		stamp: '2026-01-01T00:00:00Z',
		reminders: ['-P7D']
	});
	expect(read.find(({ day }) => day === '2026-12-09')).toMatchObject({
		uid: 'feedback-2026-01--2026-09.sodersjukhuset@bortfall',
		summary: 'Återkoppling för januari–september 2026 – Medicinska födelseregistret',
		reminders: []
	});
});

test('no two days have the same name, and each keeps it in both languages and the year after', () => {
	const names = events(feed()).map(({ uid }) => uid);
	expect(new Set(names).size).toBe(names.length);
	expect(events(feed('en')).map(({ uid }) => uid)).toEqual(names);
	const later = events(feed('sv', unit, '2027-03-01'));
	for (const { uid, day } of events(feed()).filter((event) => event.day >= '2026-01-01'))
		expect(later.find((event) => event.uid === uid)?.day, uid).toBe(day);
});

test('in English it is English', () => {
	const text = feed('en');
	expect(text).toContain('PRODID:-//Bortfall//Calendar//EN');
	expect(events(text).find(({ day }) => day === '2027-05-01')?.summary).toBe(
		'Last day for supplements to 2026 – Medical Birth Register'
	);
});

test('asked for on any day of a year it is the same, and in another year another', () => {
	expect(feed('sv', unit, '2026-01-01')).toBe(feed('sv', unit, '2026-12-31'));
	expect(feed('sv', unit, '2027-01-01')).not.toBe(feed());
});

test('lines end in CR LF and are folded at 75 bytes', () => {
	for (const text of [feed(), feed('en'), everybodys]) {
		expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
		for (const line of text.split('\r\n')) {
			expect(line).not.toMatch(/[\r\n]/);
			expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
		}
	}
});

test('a unit’s name comes through whole, whatever signs it has', () => {
	const odd = unitRow.parse({
		id: 'odd',
		name: 'BB; Öst, \\ "Nord"\nBEGIN:VALARM',
		place: '',
		region: 'Region Prov',
		code: '',
		births_per_year: '900',
		active: '1973-01-01..',
		note: ''
	});
	const text = feed('sv', odd);
	expect(events(text)[0]?.description).toContain(odd.name);
	// RFC 7986, 5.1: a text, which the other library does not know as one yet
	expect(text).toContain('\r\nNAME:Bortfall: BB\\; Öst\\, \\\\ "Nord" BEGIN:VALARM\r\n');
});

test('a unit’s calendar names no other unit, and has no day about births of a time in which it delivered none', () => {
	const others = [...unitById.values()].filter(({ id }) => id !== unit?.id).map(({ name }) => name);
	const unfolded = feed().replaceAll('\r\n ', '');
	expect(others.filter((name) => unfolded.includes(name))).toEqual([]);
	const closed = unit && { ...unit, active: [{ from: '1973-01-01', to: '2025-03-31' }] };
	const days = events(feed('sv', closed)).map(({ day }) => day);
	expect(days.filter((day) => day > '2025-05-01')).toEqual([
		'2025-06-01',
		'2025-06-11',
		'2025-09-01',
		'2025-09-10',
		'2025-12-01',
		'2025-12-10',
		'2026-01-31',
		'2026-03-01',
		'2026-03-11',
		'2026-05-01'
	]);
});
