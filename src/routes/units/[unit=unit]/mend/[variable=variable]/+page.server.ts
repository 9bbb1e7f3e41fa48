import { error } from '@sveltejs/kit';
import { pagingOf, readPage } from '#lib/format/paging.ts';
import { m } from '#lib/paraglide/messages.js';
import { hasWorkbook } from '#lib/server/export/mend-workbook.ts';
import { mendFaults } from '#lib/server/figures/to-mend.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedChoice, askedView } from '../../../../asked-view.ts';
import { mayHandIn } from '../../../../may-hand-in.ts';
import { OnServer } from '../../../../on-server.ts';
import { askedMend } from './asked-mend.ts';
import type { PageServerLoad } from './$types';

const shown = 100;

/** A unit's births to mend in a variable, or without a form, in the view that the address asks for. */
export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
	const { register, scope, asOf: today } = locals;
	const view = askedView(url, today);
	const sort = askedChoice(url, 'sort', ['date', 'reference']);
	const fault = askedChoice(url, 'fault', ['all', ...mendFaults]);
	const page = readPage(url.searchParams);
	if (page === undefined) error(404, m.submission_page_unknown());
	const { period, asOf } = view;
	const [asked, firstYear] = await Promise.all([
		askedMend(locals, params.variable, {
			unit: params.unit,
			period,
			asOf,
			sort,
			fault: fault === 'all' ? undefined : fault,
			limit: shown,
			offset: (page - 1) * shown
		}),
		firstBirthYear(scope, register)
	]);
	const paging = pagingOf(page, shown, asked.list.total);
	if (page > paging.pages) error(404, m.submission_page_unknown());
	// it names single births: no copy stays in a browser that others use too
	setHeaders({ 'cache-control': 'private, no-store' });
	const { definition } = register;
	return {
		asOf,
		mend: new OnServer({
			...asked,
			view,
			today,
			firstYear,
			sort,
			fault: fault === 'all' ? null : fault,
			paging,
			definition,
			mayHandIn: mayHandIn(locals),
			unit: definition.unitById.get(params.unit)?.name ?? params.unit,
			group: asked.variable?.group === undefined ? undefined : definition.byId.get(asked.variable.group),
			hasWorkbook: hasWorkbook(definition, asked.list)
		})
	};
};
