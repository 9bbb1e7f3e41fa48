import type { Locale } from '#lib/catalogue/text.ts';
import type { Text } from '#lib/notebook/model.ts';
import { inlineHtml } from './html-text.ts';

/** Where a block of a page is written. */
export type Place = {
	locale: Locale;
	/** The beginning of every id inside the block. */
	id: string;
	/** What the page's address asks, without its question mark; null in a file, where there is nothing to ask. */
	query: string | null;
	/** Running text, with its footnotes. */
	inline: (text: Text) => string;
};

/** A place for the first block of a page. */
export function firstPlace(locale: Locale, query: string | null): Place {
	const mentioned = new Set<number>();
	return { locale, id: 'c', query, inline: (text) => inlineHtml(text, mentioned) };
}

/** On a page each block says on which line of the notebook it is written; in a file nobody asks. */
export const lineOf = ({ query }: Place, line: number) => (query === null ? '' : ` data-line="${line}"`);
