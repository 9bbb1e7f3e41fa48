import { join } from 'node:path';
import type { Register } from '#lib/server/register/open.ts';
import { handInFile, monthlyFile } from './files.ts';
import { median, ms, timed, times, type Line } from './table.ts';

const runs = 12;

/** (b) A file of 200 births into a register of one and of ten years, in turns. */
export async function monthlyFileLines(
	one: Register,
	ten: Register,
	folder: string,
	today: string
): Promise<Line[]> {
	const unit = one.definition.units.toSorted((a, b) => b.births_per_year - a.births_per_year)[0];
	if (!unit) throw new Error('The definition has no units.');
	const durations = { one: [] as number[], ten: [] as number[] };
	for (let run = 0; run < runs; run++) {
		const path = join(folder, `month-${run}.csv`);
		await monthlyFile(one.definition, unit, Number(today.slice(0, 4)), 2, path, `bench-${run}`);
		for (const [name, register] of Object.entries({ one, ten }) as ['one' | 'ten', Register][])
			durations[name].push(
				await timed(async () => {
					const receipt = await handInFile(register, path, unit, `${today} 23:00:00`);
					if (receipt.added !== 200) throw new Error(`The month came in wrong: ${JSON.stringify(receipt)}`);
				})
			);
	}
	// The first of each also plans the statements whose plans are kept.
	const [small, large] = [median(durations.one.slice(1)), median(durations.ten.slice(1))];
	return [
		{ what: 'a file of 200 births into a register of one year', value: ms(small) },
		{ what: 'the same into a register of ten years', value: ms(large) },
		{ what: 'ten years / one year', value: times(large / small), goal: '≤ 1.3 ×', met: large / small <= 1.3 }
	];
}
