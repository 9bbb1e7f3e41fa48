import { error } from '@sveltejs/kit';
import { locales } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { kindNames, reportFormats } from '#lib/server/rounds/report-kind.ts';
import { readReport } from '#lib/server/rounds/reports.ts';
import { reportFileResponse, unlessDamaged } from '../../../report-file-response.ts';
import type { RequestEvent, RequestHandler } from './$types';

/** The parts of a report's address: "unit-visby-sv.pdf". */
const parts = /^([a-z]+)-(.+)-([a-z]{2})\.([a-z]+)$/;

/** One report of an edition as a file, released or not, for those who look the round through. */
export const GET: RequestHandler = (event) => unlessDamaged(event, () => reportAsked(event));

async function reportAsked({ locals: { scope, rounds }, params }: RequestEvent): Promise<Response> {
	const [, kindName, of = '', localeName, formatName] = parts.exec(params.report) ?? [];
	const kind = kindNames.find((each) => each === kindName);
	const locale = locales.find((each) => each === localeName);
	const format = reportFormats.find((each) => each === formatName);
	if (!kind || !locale || !format) error(404, m.round_unknown());
	const { round } = params;
	const edition = Number(params.edition);
	const asked = { round, edition, kind, of, locale, format };
	const bytes = await readReport(scope, rounds, asked);
	if (!bytes) error(404, m.round_unknown());
	return reportFileResponse(bytes, `${of}-${round}-${edition}-${locale}`, format);
}
