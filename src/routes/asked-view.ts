import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { BadAddress, readView, type View } from '#lib/period/view.ts';
import type { Day } from '#lib/period/day.ts';

/** The view that a page's address asks for; an address that asks for none is answered 400, with what is wrong. */
export function askedView(url: URL, today: Day): View {
	try {
		return readView(url.searchParams, today);
	} catch (thrown) {
		if (thrown instanceof BadAddress)
			error(400, complaint(thrown.key, url.searchParams.get(thrown.key) ?? ''));
		throw thrown;
	}
}

/** A choice that a page's address makes among a few; the first when it makes none. Answers 400 for any other. */
export function askedChoice<Choice extends string>(
	url: URL,
	key: string,
	choices: readonly [Choice, ...Choice[]]
): Choice {
	const asked = url.searchParams.get(key);
	if (asked === null) return choices[0];
	return choices.find((choice) => choice === asked) ?? error(400, m.view_bad_choice({ key, value: asked }));
}

function complaint(key: string, value: string): string {
	if (key === 'period') return m.view_bad_period({ value });
	if (key === 'as-of') return m.view_bad_as_of({ value });
	return m.view_bad_choice({ key, value });
}
