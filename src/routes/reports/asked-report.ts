import { join } from 'node:path';
import { error } from '@sveltejs/kit';
import { NotebookError } from '#lib/notebook/fault.ts';
import type { Model } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { unitReport } from '#lib/server/feedback/unit-report.ts';
import type { UnitQuestion } from '#lib/server/feedback/unit-tables.ts';
import { findNotebook, NoSuchNotebook, type FoundNotebook } from '#lib/server/notebook/find.ts';
import { askedView } from '../asked-view.ts';

/** Where the notebooks lie. */
export const notebookFolder = () => join(projectRoot(), 'reports');

/** A notebook that has been run for a unit, and what it was asked. */
export type AskedReport = { notebook: FoundNotebook; model: Model; question: UnitQuestion };

/**
 * Runs the report that an address asks for. Answers 404 for a report or a unit that there is not, 400 for a
 * period or day that is none, 500 with the place of the fault for a notebook that is wrong.
 */
export async function askedReport(
	{ register, scope, asOf }: App.Locals,
	url: URL,
	name: string,
	unit: string
): Promise<AskedReport> {
	const question: UnitQuestion = { unit, view: askedView(url, asOf), locale: getLocale() };
	try {
		const notebook = await findNotebook(notebookFolder(), name);
		if (notebook.header.source !== 'unit') throw new NoSuchNotebook(name);
		const model = await unitReport(scope, register, notebook, question);
		return model ? { notebook, model, question } : error(404, m.unit_unknown({ unit }));
	} catch (thrown) {
		if (thrown instanceof NoSuchNotebook) error(404, m.reports_unknown({ report: name }));
		if (thrown instanceof NotebookError) error(500, m.reports_wrong({ fault: thrown.message }));
		throw thrown;
	}
}
