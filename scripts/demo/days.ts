import { addDays, type Day } from '#lib/period/day.ts';

/** Days are whole numbers while births are made (days since 1970), and texts in files. */
export const minutesOfDay = 1440;

/** The number of a day; `dayText` gives the text back. */
export const dayNumber = (day: Day): number =>
	Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8)) / 86_400_000;

const texts = new Map<number, Day>();

/** The text YYYY-MM-DD of a day's number. */
export function dayText(number: number): Day {
	let text = texts.get(number);
	if (text === undefined) texts.set(number, (text = addDays('1970-01-01', number)));
	return text;
}

/** The weekday of a day's number, 0 = Sunday. */
export const weekday = (number: number): number => (number + 4) % 7;
