import { join } from 'node:path';
import { scopeOfUnits } from '#lib/access/scope.ts';
import { isActive } from '#lib/catalogue/unit.ts';
import { firstDay, lastDay } from '#lib/period/day.ts';
import { isFeedback } from '#lib/period/round.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import { provenanceOf } from '#lib/server/feedback/provenance.ts';
import { reportFile } from '#lib/server/feedback/report-file.ts';
import { reportOfTables } from '#lib/server/feedback/unit-report.ts';
import { unitTables, type UnitQuestion } from '#lib/server/feedback/unit-tables.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { roundView } from './edition.ts';
import { flagNumbers } from './flag-numbers.ts';
import { NothingAbout, type ReportKind } from './report-kind.ts';

const notebookName = 'unit-feedback';

/**
 * The feedback to each unit that was active in the period, if only on one day of it. A round that is not sent has
 * none.
 */
export const unitKind: ReportKind = {
	kind: 'unit',
	notebook: notebookName,
	formats: ['pdf', 'xlsx'],
	async list({ definition }, held) {
		if (!isFeedback(held)) return [];
		const days = [firstDay(held.period.from), lastDay(held.period.to)] as const;
		return definition.units.filter((unit) => isActive(unit, ...days)).map(({ id }) => ({ of: id, unit: id }));
	},
	async run({ register, held, pool }, unit, locale) {
		const notebook = await findNotebook(join(projectRoot(), 'reports'), notebookName);
		const { definition } = register;
		const question: UnitQuestion = { unit, view: roundView(held), locale };
		const tables = await unitTables(scopeOfUnits([unit]), register, question);
		if (!tables) throw new NothingAbout(`The definition has no unit ${unit}.`);
		const model = await reportOfTables(notebook, question, tables);
		const day = held.cutOff;
		const making = {
			author: definition.register.name[locale],
			day,
			report: `${notebookName} ${unit} ${locale}`,
			provenance: provenanceOf(model, { notebook, definition, question }),
			pool
		};
		const first = tables.opening?.rows[0]?.first;
		return {
			opening: typeof first === 'string' ? first : null,
			flags: flagNumbers((await flagsSinceLastRound(scopeOfUnits([unit]), register, question.view))?.changes),
			file: (format) => reportFile(model, format, making),
			// whoever looks a round through reads Swedish
			...(locale === 'sv' && {
				pictured: () => pool.pictured(making.report, paperDocument(model, making), day)
			})
		};
	}
};
