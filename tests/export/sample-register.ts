import { formatPeriod, parsePeriod } from '#lib/period/period.ts';
import { wholeNation } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { View } from '#lib/period/view.ts';
import { unitReport } from '#lib/server/feedback/unit-report.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister, handIn } from '../register/empty-register.ts';

const units = ['sodersjukhuset', 'danderyd', 'huddinge', 'karlstad', 'gavle', 'eskilstuna'];
const variables = [
	'BFODDAT',
	'BORDF2',
	'BORDNRF2',
	'DODFOD',
	'KON',
	'BVIKT',
	'APGAR5',
	'HOMF',
	'BPNR',
	'MPNR',
	'DAGAR'
];

/**
 * A small country in memory: six units, four years of January to September, a file a year. Södersjukhuset has
 * sent no Apgar at five minutes since April 2026, and some weights in kilograms.
 */
export async function sampleRegister() {
	const made = await emptyRegister('data/mfr', variables);
	for (const year of [2023, 2024, 2025, 2026])
		for (const [place, id] of units.entries()) {
			const unit = made.register.definition.unitById.get(id);
			if (!unit) throw new Error(`The definition has no unit ${id}.`);
			await handIn(made.register, fileOf(year, 14 + place, id === 'sodersjukhuset'), {
				unit,
				receivedAt: `${year}-10-0${place + 1}`,
				fileName: `${id}-${year}.csv`
			});
		}
	return made;
}

function fileOf(year: number, monthly: number, faulty: boolean): string {
	const lines = ['REF;BFODDAT;KON;BVIKT;APGAR5;HOMF'];
	for (let month = 1; month <= 9; month++)
		for (let n = 0; n < monthly; n++) {
			const day = `${year}-0${month}-${String(n + 1).padStart(2, '0')}`;
			const apgar = faulty && year === 2026 && month >= 4 ? '' : n % 10 === 9 ? '' : '9';
			const weight = faulty && year === 2026 && n === 3 ? '3.5' : String(3000 + 10 * n);
			lines.push([`${year}-${month}-${n}`, day, 1 + (n % 2), weight, apgar, n === 0 ? 1 : ''].join(';'));
		}
	return lines.join('\n');
}

export const sampleView: View = {
	period: parsePeriod('2026-01..2026-09') ?? { from: '2026-01', to: '2026-09' },
	asOf: '2026-11-23',
	years: 3,
	basis: 'sameDay'
};

/** The feedback report of a unit of the sample, run. */
export async function sampleReport(
	register: Register,
	locale: Locale,
	unit = 'sodersjukhuset',
	view = sampleView
): Promise<Model> {
	const notebook = await findNotebook('reports', 'unit-feedback');
	const model = await unitReport(wholeNation, register, notebook, { unit, view, locale });
	if (!model) throw new Error(`No report on ${unit} of ${formatPeriod(view.period)}`);
	return model;
}
