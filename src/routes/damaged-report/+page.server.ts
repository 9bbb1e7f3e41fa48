import { error, redirect } from '@sveltejs/kit';
import { hrefTo } from '#lib/format/href.ts';
import { localPath } from '#lib/format/local-path.ts';
import { m } from '#lib/paraglide/messages.js';
import { deLocalizeHref } from '#lib/paraglide/runtime.js';
import type { PageServerLoad } from './$types';

/**
 * The page that says that a report's file is damaged: what an answer that is no page asks for in its own place, with
 * the file and the address `at` which it was asked for. Whoever comes here by a link, such as that to the other
 * language, is led to that address, where the file is looked at again.
 */
export const load: PageServerLoad = ({ url, isSubRequest }) => {
	if (isSubRequest) error(500, m.round_damaged({ file: url.searchParams.get('file') ?? '' }));
	redirect(303, hrefTo(deLocalizeHref(localPath(url.searchParams.get('at')) ?? '/')));
};
