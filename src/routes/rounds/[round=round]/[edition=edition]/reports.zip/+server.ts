import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { damagedReports, ReportDamaged } from '#lib/server/rounds/damaged.ts';
import { findEdition } from '#lib/server/rounds/edition.ts';
import { allReports } from '#lib/server/rounds/reports.ts';
import { roundZip } from '#lib/server/rounds/zip.ts';
import { unlessDamaged } from '../../../report-file-response.ts';
import type { RequestEvent, RequestHandler } from './$types';

/** Every report of an edition that has been made, with a manifest, as one file. */
export const GET: RequestHandler = (event) => unlessDamaged(event, () => zipAsked(event));

async function zipAsked({ locals: { rounds }, params }: RequestEvent): Promise<Response> {
	const number = Number(params.edition);
	const edition = findEdition(rounds, params.round, number);
	if (!edition) error(404, m.round_unknown());
	// what is wrong can be said in words only before the first byte
	const [first] = await damagedReports(rounds, allReports(rounds, params.round, number));
	if (first) throw new ReportDamaged(first.path);
	return new Response(roundZip(rounds, params.round, number), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${m.round_file_stem()}-${params.round}-${number}.zip"`
		}
	});
}
