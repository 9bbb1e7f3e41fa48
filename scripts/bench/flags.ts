import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import type { View } from '#lib/period/view.ts';
import { flagsOf } from '#lib/server/figures/flags.ts';
import type { Register } from '#lib/server/register/open.ts';
import { handInFile, monthlyFile } from './files.ts';
import { median, ms, timed, type Line } from './table.ts';

const runs = 5;
const goals = { nation: 2000, unit: 300 };

/** Flags of the whole nation in a register of ten years, from nothing, and again after one unit's file. */
export async function flagLines(register: Register, folder: string, today: string): Promise<Line[]> {
	const thisYear = Number(today.slice(0, 4));
	const view: View = {
		period: { from: `${thisYear - 1}-01`, to: `${thisYear - 1}-12` },
		asOf: today,
		years: 3,
		basis: 'sameDay'
	};
	const unit = register.definition.units.toSorted((a, b) => b.births_per_year - a.births_per_year)[0];
	if (!unit) throw new Error('The definition has no units.');
	const nation: number[] = [];
	for (let run = 0; run < runs; run++) {
		// what has been judged is kept by the database object: another one starts from nothing
		const anew = { ...register, db: Object.create(register.db) as typeof register.db };
		nation.push(await timed(() => flagsOf(wholeNation, anew, view)));
	}
	await flagsOf(wholeNation, register, view);
	const again: number[] = [];
	for (let run = 0; run < runs; run++) {
		const path = join(folder, `flags-${run}.csv`);
		await monthlyFile(register.definition, unit, thisYear, 2, path, `flags-${run}`);
		await handInFile(register, path, unit, `${today} 23:30:00`);
		again.push(await timed(() => flagsOf(wholeNation, register, view)));
	}
	const [whole, touched] = [median(nation), median(again)];
	return [
		{
			what: '44 units × all variables × all kinds, ten years',
			value: ms(whole),
			goal: `≤ ${goals.nation} ms`,
			met: whole <= goals.nation
		},
		{
			what: 'again after a file of one unit',
			value: ms(touched),
			goal: `≤ ${goals.unit} ms`,
			met: touched <= goals.unit
		}
	];
}
