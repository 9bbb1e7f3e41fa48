import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { htmlOf } from '#lib/server/export/html.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedReport } from '../asked-report.ts';
import type { PageServerLoad } from './$types';

/** A report as a page. Without a unit there is nothing to report: the list of reports asks for one. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const unit = url.searchParams.get('unit');
	if (!unit) redirect(303, localizeHref(`/reports?report=${params.report}`));
	const { model, question } = await askedReport(locals, url, params.report, unit);
	const { definition } = locals.register;
	return {
		asOf: question.view.asOf,
		today: locals.asOf,
		firstYear: await firstBirthYear(locals.scope, locals.register),
		view: question.view,
		report: params.report,
		unit,
		unitName: definition.unitById.get(unit)?.name ?? unit,
		html: htmlOf(model)
	};
};
