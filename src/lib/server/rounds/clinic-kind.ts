import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import { isFeedback } from '#lib/period/round.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { clinicReport } from '#lib/server/feedback/clinic-report.ts';
import { clinicTables, type ClinicQuestion } from '#lib/server/feedback/clinic-tables.ts';
import { provenanceOf } from '#lib/server/feedback/provenance.ts';
import { reportFile } from '#lib/server/feedback/report-file.ts';
import { clinicFigures, clinicList } from '#lib/server/figures/clinics.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { roundView } from './edition.ts';
import { flagNumbers } from './flag-numbers.ts';
import { NothingAbout, type ReportKind } from './report-kind.ts';

const notebookName = 'clinic-feedback';

/**
 * The feedback to each antenatal clinic with births enough to be told of. It is about no unit, so only the register's
 * own people see it. A round that is not sent has none.
 */
export const clinicKind: ReportKind = {
	kind: 'clinic',
	notebook: notebookName,
	formats: ['pdf', 'xlsx'],
	async list(register, held) {
		if (!isFeedback(held)) return [];
		const found = await clinicList(wholeNation, register, roundView(held));
		const told = (found?.clinics ?? []).filter(({ births }) => births !== null);
		return told.map(({ number }) => ({ of: number, unit: null }));
	},
	async run({ register, held, pool }, clinic, locale) {
		const notebook = await findNotebook(join(projectRoot(), 'reports'), notebookName);
		const { definition } = register;
		const question: ClinicQuestion = { clinic, view: roundView(held), locale };
		const tables = await clinicTables(wholeNation, register, question);
		if (!tables) throw new NothingAbout(`No birth of the period has the clinic ${clinic}.`);
		const model = await clinicReport(notebook, question, tables);
		const making = {
			author: definition.register.name[locale],
			day: held.cutOff,
			report: `${notebookName} ${clinic} ${locale}`,
			provenance: provenanceOf(model, { notebook, definition, question }),
			pool
		};
		const first = tables.opening?.rows[0]?.first;
		const figures = await clinicFigures(wholeNation, register, clinic, question.view);
		return {
			opening: typeof first === 'string' ? first : null,
			flags: flagNumbers(figures?.since?.changes),
			file: (format) => reportFile(model, format, making)
		};
	}
};
