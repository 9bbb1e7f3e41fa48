import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import { isActive } from '#lib/catalogue/unit.ts';
import { year } from '#lib/period/period.ts';
import { firstDay, lastDay } from '#lib/period/day.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { provenanceOf } from '#lib/server/feedback/provenance.ts';
import { reportFile } from '#lib/server/feedback/report-file.ts';
import { unitReport } from '#lib/server/feedback/unit-report.ts';
import { remembering } from '#lib/server/feedback/remembering.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import type { Register } from '#lib/server/register/open.ts';
import type { Line } from './table.ts';

const underWay = 4;

/** (d) Feedback reports of every unit that was active, figures, notebook and Typst together. */
export async function pdfLines(register: Register, today: string): Promise<Line[]> {
	const notebook = await findNotebook(join(projectRoot(), 'reports'), 'unit-feedback');
	const pool = createPdfPool(2);
	const view = {
		period: year(Number(today.slice(0, 4)) - 1),
		asOf: today,
		years: 3,
		basis: 'sameDay'
	} as const;
	const asking = remembering(register);
	const days = [firstDay(view.period.from), lastDay(view.period.to)] as const;
	const units = register.definition.units.filter((u) => isActive(u, ...days));
	let bytes = 0;
	const make = async (unit: string) => {
		const question = { unit, view, locale: 'sv' } as const;
		const model = await unitReport(wholeNation, asking, notebook, question);
		if (!model) throw new Error(`No report of ${unit}.`);
		const provenance = provenanceOf(model, { notebook, definition: register.definition, question });
		const pdf = await reportFile(model, 'pdf', {
			author: 'Bench',
			day: today,
			report: unit,
			provenance,
			pool
		});
		bytes += pdf.length;
	};
	await Promise.all(units.slice(0, 4).map((u) => make(u.id))); // starts the threads
	const waiting = units.map((u) => u.id);
	const start = performance.now();
	await Promise.all(
		Array.from({ length: underWay }, async () => {
			for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) await make(unit);
		})
	);
	const perSecond = units.length / ((performance.now() - start) / 1000);
	await pool.close();
	await closeDesk();
	const each = Math.round(bytes / (units.length + 4) / 1024);
	return [
		{
			what: `feedback PDFs of ${units.length} units, two threads (${each} kB each)`,
			value: `${perSecond.toFixed(1)} a second`,
			goal: '≥ 8 a second',
			met: perSecond >= 8
		}
	];
}
