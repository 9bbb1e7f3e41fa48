import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { nationReport, type NationQuestion } from '#lib/server/feedback/nation-report.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { provenanceOf } from '#lib/server/feedback/provenance.ts';
import { reportFile } from '#lib/server/feedback/report-file.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { roundView } from './edition.ts';
import { flagNumbers } from './flag-numbers.ts';
import { NothingAbout, type ReportKind } from './report-kind.ts';

const notebookName = 'national-summary';

/** The summary of the whole nation, for the register's own people. A round that is not sent has one too. */
export const nationKind: ReportKind = {
	kind: 'nation',
	notebook: notebookName,
	formats: ['pdf', 'xlsx'],
	list: async () => [{ of: 'nation', unit: null }],
	async run({ register, held, pool }, _of, locale) {
		const notebook = await findNotebook(join(projectRoot(), 'reports'), notebookName);
		const { definition } = register;
		const question: NationQuestion = { view: roundView(held), locale };
		const tables = await nationTables(wholeNation, register, question);
		if (!tables) throw new NothingAbout('The nation has no figures.');
		const model = await nationReport(notebook, question, tables);
		const making = {
			author: definition.register.name[locale],
			day: held.cutOff,
			report: `${notebookName} ${locale}`,
			provenance: provenanceOf(model, { notebook, definition, question }),
			pool
		};
		const first = tables.opening?.rows[0]?.first;
		return {
			opening: typeof first === 'string' ? first : null,
			flags: flagNumbers((await flagsSinceLastRound(wholeNation, register, question.view))?.changes),
			file: (format) => reportFile(model, format, making)
		};
	}
};
