import { locales, type Text } from '#lib/catalogue/text.ts';
import { NotebookError } from '#lib/notebook/fault.ts';
import type { Header } from '#lib/notebook/front-matter.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';

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
	const nameless = { sv: name, en: name };
	try {
		const { header } = parseNotebook(name, text);
		return { title: titleOf(header) ?? nameless, authors: authorsOf(header), faults: 0 };
	} catch (error) {
		if (!(error instanceof NotebookError)) throw error;
		return { title: nameless, authors: [], faults: error.faults.length };
	}
}

const authorsOf = (header: Header): readonly string[] =>
	'authors' in header && Array.isArray(header.authors) ? header.authors.map(String) : [];

/** The title of a header as it can be told before anything is asked: without values, else what stands over it. */
function titleOf({ title, overline }: Header): Text | undefined {
	return withoutValues(title) ?? (overline === undefined ? undefined : withoutValues(overline));
}

function withoutValues(words: Header['title']): Text | undefined {
	// of several the last one, which needs no condition
	const last = Array.isArray(words) ? words.at(-1) : words;
	const [sv, en] = locales.map((locale) => plain((typeof last === 'string' ? last : last?.[locale]) ?? ''));
	return sv && en ? { sv, en } : undefined;
}

/** “{register.name}: återkoppling” as “Återkoppling”. */
function plain(written: string): string {
	const text = written
		.replace(/\{[^}]*\}/g, '')
		.replace(/^[\s:·,–-]+|[\s:·,–-]+$/g, '')
		.replace(/\s+/g, ' ');
	return text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);
}
