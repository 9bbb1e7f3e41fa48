import { error, type RequestEvent } from '@sveltejs/kit';
import { locales } from '#lib/catalogue/text.ts';
import { reportFileName } from '#lib/server/feedback/unit-report.ts';
import { m } from '#lib/paraglide/messages.js';
import { roundView } from '#lib/server/rounds/edition.ts';
import { noteFetched } from '#lib/server/rounds/fetches.ts';
import { readReport } from '#lib/server/rounds/reports.ts';
import { unitRounds } from '#lib/server/rounds/unit-rounds.ts';
import type { ReportFormat } from '#lib/server/rounds/report-kind.ts';
import { reportFileResponse, unlessDamaged } from '../../../rounds/report-file-response.ts';
import { ownUnit } from './own-unit.ts';

type Asked = Pick<RequestEvent, 'locals' | 'request' | 'fetch' | 'url'> & {
	params: { unit: string; round: string; edition: string; locale: string };
};

/**
 * A unit's report of a released edition as a file. That somebody of the unit or its region has fetched it is noted;
 * answers 404 for a unit that is not the reader's and for an edition that is not released, and says on a page that a
 * file is damaged.
 */
export const unitReportResponse = (event: Asked, format: ReportFormat): Promise<Response> =>
	unlessDamaged(event, () => reportAsked(event, format));

async function reportAsked({ locals, params, request }: Asked, format: ReportFormat): Promise<Response> {
	const { scope, rounds, account, instant } = locals;
	const unit = ownUnit(locals, params.unit);
	const number = Number(params.edition);
	const locale = locales.find((each) => each === params.locale) ?? locales[0];
	const released = unitRounds(scope, rounds, unit.id).find(
		({ edition }) => edition.round === params.round && edition.number === number
	);
	const asked = { round: params.round, edition: number, kind: 'unit', of: unit.id, locale, format } as const;
	const bytes = released && (await readReport(scope, rounds, asked));
	if (!bytes) error(404, m.round_of_unit_unknown({ unit: unit.name }));
	const view = roundView(released.edition.held);
	const edition = number > 1 ? `-${number}` : '';
	const name = `${reportFileName({ unit: unit.id, view, locale })}${edition}-${locale}`;
	const response = reportFileResponse(bytes, name, format);
	const isOfUnit = account?.role === 'unitManager' || account?.role === 'coordinator';
	if (isOfUnit && request.method === 'GET')
		noteFetched(rounds, {
			round: params.round,
			edition: number,
			unit: unit.id,
			who: account.id,
			name: account.name,
			instant
		});
	return response;
}
