import { error, redirect } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import { periodChoices } from '#lib/format/view-text.ts';
import { linkQuery } from '#lib/format/address.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { nextFeedback } from '#lib/period/round.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { listNotebooks } from '#lib/server/notebook/list.ts';
import { askedChoice, askedView } from '../asked-view.ts';
import { notebookFolder } from './asked-report.ts';
import type { PageServerLoad } from './$types';

/**
 * The reports there are, and a form that asks for one of a unit. The form comes back here with what was
 * chosen, and is sent on to the report's page or file.
 */
export const load: PageServerLoad = async ({ url, locals: { register, scope, asOf: today } }) => {
	const { definition } = register;
	const units = definition.units.filter((unit) => maySee(scope, unit.id));
	const asked = url.searchParams.get('unit');
	// who has one unit only need not choose it
	const unit = asked ?? (units.length === 1 ? (units[0]?.id ?? '') : '');
	const known = units.some((each) => each.id === unit);
	if (unit !== '' && !known) error(404, m.unit_unknown({ unit }));
	const format = askedChoice(url, 'as', ['none', 'page', 'pdf', 'xlsx']);
	const language = askedChoice(url, 'language', ['none', 'sv', 'en']);
	const notebooks = await listNotebooks(notebookFolder());
	const reports = notebooks.flatMap((each) =>
		'problem' in each || each.notebook.header.source === 'unit' ? [each] : []
	);
	const report = url.searchParams.get('report') ?? reports[0]?.name ?? '';
	const view = askedView(url, today);
	const locale = language === 'none' ? getLocale() : language;
	if (format !== 'none' && known) {
		const path = `/reports/${report}`;
		const query = linkQuery(view, today, format === 'page' ? { unit } : {});
		redirect(303, localizeHref(format === 'page' ? path : `${path}/${unit}.${format}`, { locale }) + query);
	}
	const period = url.searchParams.has('period') ? view.period : nextFeedback(today).period;
	return {
		reports: reports.map((each) => ({ name: each.name, problem: 'problem' in each ? each.problem : null })),
		report,
		units: units.map(({ id, name, region }) => ({ id, name, region })),
		unit,
		/** The form was sent without a unit. */
		lacksUnit: format !== 'none',
		periods: periodChoices(today, await firstBirthYear(scope, register), getLocale()),
		period: formatPeriod(period),
		today,
		day: view.asOf,
		language: locale
	};
};
