import { readFile } from 'node:fs/promises';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { readPicture } from '#lib/server/rounds/reports.ts';
import type { RequestHandler } from './$types';

/** The first page of a unit's report as a picture, for those who look a round through. */
export const GET: RequestHandler = async ({ locals: { scope, rounds }, params }) => {
	const { round, unit: of } = params;
	const path = readPicture(scope, rounds, { round, edition: Number(params.edition), of });
	if (path === undefined) error(404, m.round_unknown());
	return new Response(await readFile(path), {
		headers: {
			'content-type': 'image/svg+xml',
			// opened by itself it is a document, and may do nothing
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox"
		}
	});
};
