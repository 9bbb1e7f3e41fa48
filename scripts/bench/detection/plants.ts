import type { Flag } from '#lib/measures/flag.ts';
import { Random } from '../../demo/random.ts';
import type { Drawn } from './rates.ts';

export type PlantKind = 'stops' | 'drops' | 'volume' | 'form' | 'invalid' | 'late' | 'unused' | 'code';

/** Something wrong in one unit, and how much: a share of births, for drops and late births in points. */
export type Plant = { unit: string; kind: PlantKind; size: number; subject: string | null };

/** Every kind in every size that is measured; each stands once or twice in a register. */
export const grades: readonly (readonly [PlantKind, number])[] = [
	['stops', 0.985],
	['stops', 0.985],
	['drops', 0.03],
	['drops', 0.05],
	['drops', 0.05],
	['drops', 0.1],
	['drops', 0.2],
	['volume', 0.1],
	['volume', 0.15],
	['volume', 0.15],
	['volume', 0.25],
	['form', 0.3],
	['form', 1],
	['invalid', 0.05],
	['invalid', 0.2],
	['late', 0.1],
	['late', 0.3],
	['unused', 1],
	['code', 0.2],
	['code', 0.6]
];

/** A value that is mostly there, so that it can be missed. */
const mostlyThere = 0.6;
/** A box that is ticked often enough for its absence to be seen. */
const oftenTicked = 0.1;

/**
 * A register's faults, each in a unit of its own: `count` of the grades, in turn from one seed to the next, so that
 * all are planted as often.
 */
export function plantsOf(
	units: readonly string[],
	variables: readonly Drawn[],
	count: number,
	seed: number
): Plant[] {
	const random = new Random(seed, 'plants');
	const left = [...units];
	return Array.from({ length: count }, (_, at): Plant => {
		const [kind, size] = grades[(seed * count + at) % grades.length] ?? ['stops', 0.985];
		const [unit = ''] = left.splice(Math.floor(random.next() * left.length), 1);
		return { unit, kind, size, subject: subjectOf(kind, variables, random) };
	});
}

function subjectOf(kind: PlantKind, variables: readonly Drawn[], random: Random): string | null {
	const one = (of: readonly Drawn[]) => of[Math.floor(random.next() * of.length)]?.id ?? null;
	const values = variables.filter((v) => v.kind === 'value' && 1 - v.missing >= mostlyThere);
	switch (kind) {
		case 'stops':
		case 'drops':
		case 'invalid':
			return one(values);
		case 'form':
			return random.chance(0.5) ? 'MHV1' : 'MHV2';
		case 'unused':
			return one(variables.filter((v) => v.kind === 'ticks' && 1 - v.missing >= oftenTicked));
		case 'code':
			return one(values.filter((v) => v.distribution === 'codes' && v.codes.length > 1));
		case 'volume':
		case 'late':
			return null;
	}
}

/** Whether a flag tells of what was planted, or of what comes of it; a lost form takes all its variables along. */
export function tellsOf(plant: Plant, flag: Flag, formOf: ReadonlyMap<string, string>): boolean {
	if (flag.unit !== plant.unit) return false;
	switch (plant.kind) {
		case 'volume':
			return flag.kind === 'volumeLow';
		case 'late':
			return flag.kind === 'late';
		case 'form':
			if (flag.kind === 'formMissing') return flag.form === plant.subject;
			return 'variable' in flag && formOf.get(flag.variable) === plant.subject;
		case 'stops':
		case 'drops':
		case 'invalid':
		case 'unused':
		case 'code':
			return 'variable' in flag && flag.variable === plant.subject;
	}
}
