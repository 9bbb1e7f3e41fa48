import ical, { ICalAlarmType, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import type { RegisterDefinition } from '#lib/catalogue/register.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { unitDates } from '#lib/catalogue/unit-dates.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { dateExplained, dateTitle } from '#lib/format/calendar-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { yearOf } from '#lib/period/birth-month.ts';
import { calendarDates, periodOf, type CalendarDate } from '#lib/period/calendar-dates.ts';
import { birthMonthOf, type Day } from '#lib/period/day.ts';
import { formatPeriod } from '#lib/period/period.ts';

/** Whose calendar, in which language, and the day on which it is asked for. Without `unit` it is everybody's. */
export type Feed = { register: RegisterDefinition; unit?: Unit | undefined; locale: Locale; asOf: Day };

/** The days that somebody has to do something by. The others only tell what happens. */
const reminded = new Set<CalendarDate['kind']>(['monthDue', 'lastBirths', 'lastSupplements', 'cutOff']);

/** How long before such a day a calendar program reminds, and how often it looks for changes, in seconds. */
const week = 7 * 24 * 60 * 60;
const dayLong = 24 * 60 * 60;

/**
 * The register's calendar as an iCalendar file (RFC 5545): last year, this one and the next two, as whole days with
 * a reminder a week before those that ask for something. Nothing is in it but days and the name of the unit. Asked
 * for on any day of a year it is the same, byte for byte.
 */
export function calendarFeed({ register, unit, locale, asOf }: Feed): string {
	const thisYear = yearOf(birthMonthOf(asOf));
	const all = calendarDates(`${thisYear - 1}-01-01`, `${thisYear + 2}-12-31`);
	const owner = unit?.name ?? register.name[locale];
	const feed = ical({
		name: oneLine(`Bortfall: ${owner}`),
		prodId: { company: 'Bortfall', product: 'Calendar', language: locale.toUpperCase() },
		ttl: dayLong
	});
	for (const date of unit ? unitDates(unit, all) : all) {
		const what = dateTitle(date, locale);
		const event = feed.createEvent({
			id: `${eventKey(date)}.${unit?.id ?? register.id}@bortfall`,
			start: utc(date.day),
			allDay: true,
			stamp: utc(`${thisYear}-01-01`),
			summary: m.dates_event({ what, register: register.name[locale] }, { locale }),
			description: dateExplained(date, locale) + (unit ? `\n${unit.name}` : ''),
			transparency: ICalEventTransparency.TRANSPARENT,
			busystatus: ICalEventBusyStatus.FREE
		});
		if (reminded.has(date.kind))
			event.createAlarm({ type: ICalAlarmType.display, triggerBefore: week, description: what });
	}
	return `${feed.toString()}\r\n`;
}

/** What a day is known by to calendar programs, whatever its text and wherever it is moved: it must stay as it is. */
function eventKey(date: CalendarDate): string {
	const kind = date.kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return `${kind}-${formatPeriod(periodOf(date)).replace('..', '--')}`;
}

/** The library writes the name of a calendar as it is given, unlike the texts of its days. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\;,]/g, '\\$&');

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);
