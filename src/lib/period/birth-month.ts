/** A calendar month of birth as text, `YYYY-MM`. Such texts sort in time order. */
export type BirthMonth = string;

const pattern = /^([12]\d{3})-(0[1-9]|1[0-2])$/;

/** Whether a text is a birth month. */
export function isBirthMonth(text: string): boolean {
	return pattern.test(text);
}

/** The birth month a text names, or undefined when it names none. */
export function parseBirthMonth(text: string): BirthMonth | undefined {
	return isBirthMonth(text) ? text : undefined;
}

/** The birth month of a year and a month number (1–12). Throws RangeError for any other number. */
export function birthMonth(year: number, month: number): BirthMonth {
	const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
	if (!isBirthMonth(text)) throw new RangeError(`No birth month has the year ${year} and the month ${month}`);
	return text;
}

/** The year of a birth month. Throws RangeError when the text is not a birth month. */
export function yearOf(month: BirthMonth): number {
	return split(month)[0];
}

/** The number of a birth month in its year, 1–12. Throws RangeError when the text is not a birth month. */
export function monthNumber(month: BirthMonth): number {
	return split(month)[1];
}

/** The month `count` months later; earlier when `count` is negative. */
export function addMonths(month: BirthMonth, count: number): BirthMonth {
	const [year, number] = split(month);
	const months = year * 12 + number - 1 + count;
	return birthMonth(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1);
}

/** How many months `to` lies after `from`; negative when it lies before. */
export function monthsBetween(from: BirthMonth, to: BirthMonth): number {
	return (yearOf(to) - yearOf(from)) * 12 + monthNumber(to) - monthNumber(from);
}

/** Orders birth months in time, for `sort`. */
export function compareBirthMonths(a: BirthMonth, b: BirthMonth): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function split(month: BirthMonth): [year: number, month: number] {
	const found = pattern.exec(month);
	if (!found) throw new RangeError(`"${month}" is not a birth month (YYYY-MM)`);
	return [Number(found[1]), Number(found[2])];
}
