import type { Locale } from '#lib/catalogue/text.ts';

/** A part of a sentence: plain text, or text that leads to `href`. */
export type Piece = { text: string; href?: string };

// Messages take texts only, so a link travels through them between characters that no text holds.
const [start, middle, end] = ['\u0002', '\u0003', '\u0004'];
const marked = new RegExp(`${start}([^${middle}]*)${middle}([^${end}]*)${end}`);

/** A text that leads somewhere, to be put into a message; `pieces` finds it again. */
export function anchor(href: string, text: string): string {
	return start + href + middle + text + end;
}

/** A sentence taken apart at its anchors, for a page. */
export function pieces(sentence: string): Piece[] {
	const parts = sentence.split(marked);
	return parts
		.map((text, at): Piece => (at % 3 === 2 ? { text, href: parts[at - 1] ?? '' } : { text }))
		.filter(({ text }, at) => at % 3 !== 1 && text !== '');
}

/** A sentence without its anchors, for paper. */
export function plainText(sentence: string): string {
	return pieces(sentence)
		.map(({ text }) => text)
		.join('');
}

/** A text with a capital first letter, also when it begins with an anchor. */
export function capitalised(text: string): string {
	const at = text.startsWith(start) ? text.indexOf(middle) + 1 : 0;
	return text.slice(0, at) + text.charAt(at).toUpperCase() + text.slice(at + 1);
}

const possessive: Record<Locale, (name: string) => string> = {
	// in Swedish a name that ends in an s-sound takes no ending and no apostrophe
	sv: (name) => (/[sxz]$/i.test(name) ? name : `${name}s`),
	en: (name) => (/s$/i.test(name) ? `${name}’` : `${name}’s`)
};

/** Whose something is: "Södersjukhusets", "BB Sophias"; "Danderyd’s". */
export function genitive(name: string, locale: Locale): string {
	return possessive[locale](name);
}

const tags: Record<Locale, string> = { sv: 'sv-SE', en: 'en-GB' };
const lists = new Map<Locale, Intl.ListFormat>();
const spans = new Map<Locale, Intl.RelativeTimeFormat>();

/** "juli, augusti och september". */
export function listText(items: readonly string[], locale: Locale): string {
	let format = lists.get(locale);
	if (!format) lists.set(locale, (format = new Intl.ListFormat(tags[locale], { type: 'conjunction' })));
	return format.format(items);
}

const daysInDays = 60;

/** How far ahead a day is: "i dag", "i morgon", "om 7 dagar", further away "om 5 månader". */
export function daysAheadText(days: number, locale: Locale): string {
	let format = spans.get(locale);
	if (!format) spans.set(locale, (format = new Intl.RelativeTimeFormat(tags[locale], { numeric: 'auto' })));
	return days <= daysInDays ? format.format(days, 'day') : format.format(Math.round(days / 30.4), 'month');
}
