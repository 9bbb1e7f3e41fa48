import { locales, type Text } from '#lib/catalogue/text.ts';
import type { Header } from '#lib/notebook/front-matter.ts';
import { readNotebook } from '#lib/notebook/parse.ts';

/** What a list tells of a notebook's text: its title without values, who wrote it, how many faults it has. */
export type Glance = { title: Text; authors: readonly string[]; faults: number };

/** So many texts are kept: more than a register has notebooks. */
const most = 500;
const kept = new Map<string, Glance>();

/** Reads a notebook's text for a list; `hash` is its fingerprint, by which what was read is kept. */
export function glance(name: string, text: string, hash: string): Glance {
	const key = `${name} ${hash}`;
	let found = kept.get(key);
	if (!found) {
		found = read(name, text);
		if (kept.size >= most) kept.clear();
		kept.set(key, found);
	}
	return found;
}

function read(name: string, text: string): Glance {
	const { notebook, faults } = readNotebook(name, text);
	const { title, overline, authors } = notebook.header;
	const told = withoutValues(title) ?? (overline === undefined ? undefined : withoutValues(overline));
	return { title: told ?? { sv: name, en: name }, authors, faults: faults.length };
}

/** A text of a header as it can be told before anything is asked; undefined where it is nothing but values. */
function withoutValues(words: Header['title']): Text | undefined {
	// of several the last one, which needs no condition
	const last = Array.isArray(words) ? words.at(-1) : words;
	const [sv, en] = locales.map((locale) => plain((typeof last === 'string' ? last : last?.[locale]) ?? ''));
	return sv && en ? { sv, en } : undefined;
}

/** “{register.name}: återkoppling” as “Återkoppling”, “Mödravårdscentral {clinic.number}” as “Mödravårdscentral”. */
function plain(written: string): string {
	if (!value.test(written)) return unescaped(written);
	const parts = written.split(/(?<=[:,·–])\s/);
	const whole = parts.filter((part) => !value.test(part));
	const text = (whole.length ? whole.join(' ') : written)
		.replace(new RegExp(value, 'g'), '')
		.replace(/^[\s:·,–-]+|[\s:·,–-]+$/g, '')
		.replace(/\s+/g, ' ');
	return unescaped(text.charAt(0).toLocaleUpperCase('sv') + text.slice(1));
}

/** A value in a text; a brace with a backslash before it is an ordinary one. */
const value = /(?<!\\)\{[^}]*\}/;
const unescaped = (text: string) => text.replace(/\\([{<])/g, '$1');
