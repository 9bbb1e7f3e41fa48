import { getLocale, localizeHref, type Locale } from '#lib/paraglide/runtime.js';

/** So many addresses are kept: every unit and variable in both languages, many times over. */
const most = 2000;
const kept = new Map<string, string>();

/**
 * The address of a page in a language, the reader's if none is named. The patterns of addresses take long to
 * match, and a page has hundreds of links, so what was found is kept. `path` is without language and query.
 */
export function hrefTo(path: string, locale: Locale = getLocale()): string {
	const key = `${locale} ${path}`;
	let href = kept.get(key);
	if (href === undefined) {
		href = localizeHref(path, { locale });
		if (kept.size >= most) kept.clear();
		kept.set(key, href);
	}
	return href;
}
