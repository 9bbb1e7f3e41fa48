import type { Locale } from '#lib/catalogue/text.ts';
import type { Notebook } from '#lib/notebook/parse.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Table } from '#lib/notebook/table.ts';
import { formatPeriod } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import { runReport } from '#lib/server/notebook/run.ts';

/** Of what the nation's summary is, and in which language. */
export type NationQuestion = { view: View; locale: Locale };

/**
 * A notebook about the whole nation (`source: nation`), run over its tables. Throws a NotebookError when anything in
 * the notebook is wrong.
 */
export function nationReport(
	notebook: Notebook,
	{ view, locale }: NationQuestion,
	tables: Readonly<Record<string, Table>>
): Promise<Model> {
	return runReport(notebook, {
		tables,
		locale,
		parameters: { period: formatPeriod(view.period), as_of: view.asOf }
	});
}
