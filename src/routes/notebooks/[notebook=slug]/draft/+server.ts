import { error, json } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { saveDraft } from '#lib/server/notebook/shelf.ts';
import type { RequestHandler } from './$types';

const written = z.strictObject({
	text: z.string(),
	/** The revision of the draft that the page has seen; 0 where there was none. */
	revision: z.int().nonnegative(),
	/** The published version that the text was made of. */
	base: z.int().positive()
});

/**
 * Keeps what the account has written: `{ text, revision, base }` gives `{ revision, savedAt }`, or 409 with the draft
 * as it stands where it has been changed elsewhere. 404 for what is not on the shelf, 413 for too long a text.
 */
export const PUT: RequestHandler = async ({ request, locals, params: { notebook: name } }) => {
	const { account, shelf, instant } = locals;
	if (!account) error(401);
	const asked = written.safeParse(await request.json().catch(() => undefined));
	if (!asked.success) error(400, m.shelf_draft_unreadable());
	const saved = await saveDraft(shelf, account, name, asked.data, instant);
	if (!saved) error(404, m.shelf_unknown({ name }));
	if (saved.kind === 'tooLarge') error(413, m.shelf_too_large());
	return json(saved, { status: saved.kind === 'stale' ? 409 : 200 });
};
