import type { Scope } from '#lib/access/scope.ts';
import type { Notebook } from '#lib/notebook/parse.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Table } from '#lib/notebook/table.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { runReport } from '#lib/server/notebook/run.ts';
import type { Register } from '#lib/server/register/open.ts';
import { unitTables, type UnitQuestion } from './unit-tables.ts';

/**
 * A notebook about one unit (`source: unit`), run for a unit and period. Undefined where there is no such unit
 * or it is outside the scope. Throws a NotebookError when anything in the notebook is wrong.
 */
export async function unitReport(
	scope: Scope,
	register: Register,
	notebook: Notebook,
	question: UnitQuestion,
	parameters: Readonly<Record<string, string>> = {}
): Promise<Model | undefined> {
	const tables = await unitTables(scope, register, question);
	return tables && reportOfTables(notebook, question, tables, parameters);
}

/** The same of tables that have been asked already. Throws a NotebookError when anything in the notebook is wrong. */
export function reportOfTables(
	notebook: Notebook,
	{ unit, view, locale }: UnitQuestion,
	tables: Readonly<Record<string, Table>>,
	parameters: Readonly<Record<string, string>> = {}
): Promise<Model> {
	return runReport(notebook, {
		tables,
		locale,
		parameters: { unit, period: formatPeriod(view.period), as_of: view.asOf, ...parameters }
	});
}

/** The name of a report's file, without its ending: the unit, the period, and the day from which it is seen. */
export function reportFileName({ unit, view }: UnitQuestion): string {
	return `${unit}-${formatPeriod(view.period).replace('..', '--')}-${view.asOf}`;
}
