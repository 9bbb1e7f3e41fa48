import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findEdition } from '#lib/server/rounds/edition.ts';
import { roundZip } from '#lib/server/rounds/zip.ts';
import type { RequestHandler } from './$types';

/** Every report of an edition that has been made, with a manifest, as one file. */
export const GET: RequestHandler = ({ locals: { rounds }, params }) => {
	const number = Number(params.edition);
	const edition = findEdition(rounds, params.round, number);
	if (!edition) error(404, m.round_unknown());
	return new Response(roundZip(rounds, params.round, number), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${m.round_file_stem()}-${params.round}-${number}.zip"`
		}
	});
};
