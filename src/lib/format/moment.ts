import type { Locale } from '#lib/catalogue/text.ts';
import { formatDay, formatDayShort } from './days.ts';

/** A local time `YYYY-MM-DD HH:MM…` in brief: "12 apr 2026 09.30", "12 Apr 2026, 09:30". */
export function formatMoment(moment: string, locale: Locale): string {
	return `${formatDayShort(moment.slice(0, 10), locale)} ${moment.slice(0, 4)}${clock(moment, locale)}`;
}

/** A local time in full: "12 april 2026 09.30", "12 April 2026, 09:30". */
export function formatMomentLong(moment: string, locale: Locale): string {
	return `${formatDay(moment.slice(0, 10), locale)}${clock(moment, locale)}`;
}

function clock(moment: string, locale: Locale): string {
	const time = moment.slice(11, 16);
	return locale === 'sv' ? ` ${time.replace(':', '.')}` : `, ${time}`;
}
