import type { Scope } from '#lib/access/scope.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { duePart } from '#lib/period/calendar.ts';
import type { Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, countsByUnit } from './cells.ts';
import { coverage, type CoverageYear } from './coverage.ts';
import { figureOf } from './completeness.ts';
import { standings, type UnitStanding } from './standings.ts';
import { comparisons, volumeMonths, type VolumeMonth } from './volume.ts';

/** Everything that the country's page says. Units stand in order of births concerned, most first. */
export type CountryFigures = {
	view: View;
	judged: Period | null;
	births: number;
	/** Births in the due part now, and in the same months of each earlier year, the nearest first. */
	dueBirths: number;
	earlierBirths: number[];
	months: VolumeMonth[];
	standings: UnitStanding[];
	coverage: CoverageYear[];
	/** Completeness units × variables in the order of `standings` and of the catalogue; null = cannot be told. */
	heat: { variables: string[]; rows: { unit: string; shares: (number | null)[] }[] };
};

/** The country in a view. Undefined for a scope that is not the whole nation. */
export async function countryFigures(
	scope: Scope,
	register: Register,
	view: View
): Promise<CountryFigures | undefined> {
	if (scope.units !== 'all') return undefined;
	const { db, definition } = register;
	const judged = duePart(view.period, view.asOf) ?? null;
	const counted = judged ?? view.period;
	const endYear = yearOf(view.period.to);
	const births = async (period: Period, asOf: string) =>
		(await birthCells(db, { period, asOf })).reduce((sum, cell) => sum + cell.births, 0);
	const [found, months, covered, all, dueBirths, earlierBirths, items] = await Promise.all([
		standings(scope, register, view),
		volumeMonths(scope, register, { period: view.period, asOf: view.asOf, years: view.years }),
		coverage(scope, register, { from: endYear - 5, to: endYear - 1, asOf: view.asOf }),
		births(view.period, view.asOf),
		births(counted, view.asOf),
		Promise.all(comparisons(counted, view).map((c) => births(c.period, c.asOf))),
		countsByUnit(db, { period: counted, asOf: view.asOf })
	]);
	const ordered = found.toSorted((a, b) => concerned(b) - concerned(a) || b.births - a.births);
	const shown = definition.variables.filter((v) => v.completeness === 'value');
	const shares = new Map<string, number | null>();
	for (const { unit, variable, counts } of items) {
		const v = definition.byId.get(variable);
		if (v) shares.set(`${unit}/${variable}`, figureOf(v, counts).share);
	}
	return {
		view,
		judged,
		births: all,
		dueBirths,
		earlierBirths,
		months: months ?? [],
		standings: ordered,
		coverage: covered ?? [],
		heat: {
			variables: shown.map((v) => v.id),
			rows: ordered.map(({ unit }) => ({
				unit,
				shares: shown.map((v) => shares.get(`${unit}/${v.id}`) ?? null)
			}))
		}
	};
}

/** How many births a unit's findings concern together; a birth may be counted for several findings. */
export const concerned = (s: UnitStanding) => s.findings.reduce((sum, f) => sum + f.births, 0);
