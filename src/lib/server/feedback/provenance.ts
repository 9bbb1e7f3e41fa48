import type { Definition } from '#lib/catalogue/catalogue.ts';
import { formatDay, monthsName } from '#lib/format/days.ts';
import { m } from '#lib/paraglide/messages.js';
import { plain } from '#lib/notebook/inline.ts';
import type { Model } from '#lib/notebook/model.ts';
import { programVersion } from '#lib/server/definition/project-root.ts';
import type { Provenance } from '#lib/server/export/workbook.ts';
import type { FoundNotebook } from '#lib/server/notebook/find.ts';
import { definitionHash } from '#lib/server/register/open.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { View } from '#lib/period/view.ts';

/** Whom a report is about, if not the whole nation; of what; and in which language. */
export type ReportQuestion = { unit?: string; clinic?: string; view: View; locale: Locale };

/** What a report was made of, so that it can be made again from the originals. */
export function provenanceOf(
	model: Model,
	{
		notebook,
		definition,
		question
	}: { notebook: FoundNotebook; definition: Definition; question: ReportQuestion }
): Provenance {
	const { locale, view } = question;
	return [
		{ label: m.report_provenance_report({}, { locale }), value: plain(model.title) },
		{ label: m.report_provenance_register({}, { locale }), value: definition.register.name[locale] },
		...(question.unit === undefined
			? []
			: [{ label: m.report_provenance_unit({}, { locale }), value: question.unit }]),
		...(question.clinic === undefined
			? []
			: [{ label: m.report_provenance_clinic({}, { locale }), value: question.clinic }]),
		{ label: m.report_provenance_period({}, { locale }), value: monthsName(view.period, locale) },
		{ label: m.report_provenance_as_of({}, { locale }), value: formatDay(view.asOf, locale) },
		{ label: m.report_provenance_years({}, { locale }), value: String(view.years) },
		{
			label: m.report_provenance_notebook({}, { locale }),
			value: `${notebook.name}, ${notebook.fingerprint}`
		},
		{ label: m.report_provenance_definition({}, { locale }), value: definitionHash(definition) },
		{ label: m.report_provenance_program({}, { locale }), value: `Bortfall ${programVersion()}` }
	];
}
