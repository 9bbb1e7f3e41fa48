import type { Notebook } from '#lib/notebook/parse.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Table } from '#lib/notebook/table.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { runReport } from '#lib/server/notebook/run.ts';
import type { ClinicQuestion } from './clinic-tables.ts';

/**
 * A notebook about one antenatal clinic (`source: clinic`), run over its tables. Throws a NotebookError when anything
 * in the notebook is wrong.
 */
export function clinicReport(
	notebook: Notebook,
	{ clinic, view, locale }: ClinicQuestion,
	tables: Readonly<Record<string, Table>>
): Promise<Model> {
	return runReport(notebook, {
		tables,
		locale,
		parameters: { clinic, period: formatPeriod(view.period), as_of: view.asOf }
	});
}
