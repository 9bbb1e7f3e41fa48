import { viewQuery, type View } from '#lib/period/view.ts';
import type { Day } from '#lib/period/day.ts';

/** The parts of an address that say a view; the others (sort, region, unit) belong to the page. */
const viewKeys = ['period', 'as-of', 'years', 'basis'];

/** The same page in another view: the path, what the address says besides, and then the view. */
export function viewAddress(path: string, search: string, view: View, today: Day): string {
	const kept = new URLSearchParams(search);
	for (const key of viewKeys) kept.delete(key);
	return path + query([kept.toString(), viewQuery(view, today).slice(1)]);
}

/** The same page with one part of its address set to `value`, or left out where there is none. */
export function addressWith(path: string, search: string, key: string, value: string | null): string {
	const parameters = new URLSearchParams(search);
	if (value === null) parameters.delete(key);
	else parameters.set(key, value);
	return path + query([parameters.toString()]);
}

/** What an address says besides some keys, for the hidden fields of a form that sets those. */
export function otherParameters(search: string, ...keys: string[]): [key: string, value: string][] {
	return [...new URLSearchParams(search)].filter(([key]) => !keys.includes(key));
}

/** What a link to another page of the same view carries along: “?period=2026-Q1”, or nothing. */
export function linkQuery(view: View, today: Day, more: Record<string, string> = {}): string {
	return query([new URLSearchParams(more).toString(), viewQuery(view, today).slice(1)]);
}

function query(parts: string[]): string {
	const text = parts.filter(Boolean).join('&');
	return text && `?${text}`;
}
