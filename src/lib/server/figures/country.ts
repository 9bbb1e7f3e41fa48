import { maySee, type Scope } from '#lib/access/scope.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import type { Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { coverage, type CoverageYear } from './coverage.ts';
import { placesOf } from './places.ts';
import { standings, type UnitStanding } from './standings.ts';
import { sumOfSpan, volumeMonths, volumeSpans, type VolumeMonth } from './volume.ts';

/** Everything that the page of the country, or of a region, says. Units stand by births concerned, most first. */
export type CountryFigures = {
	view: View;
	/** The region that is looked at; null for the whole country. */
	region: string | null;
	judged: Period | null;
	births: number;
	/** Births in the due part now, and in the same months of each earlier year, the nearest first. */
	dueBirths: number;
	earlierBirths: number[];
	months: VolumeMonth[];
	standings: UnitStanding[];
	/** Of the country only: a region has no reference of its own. */
	coverage: CoverageYear[];
	/** Completeness units × variables in the order of `standings` and of the forms; null = cannot be told. */
	heat: { variables: string[]; rows: { unit: string; shares: (number | null)[] }[] };
};

/** The regions of which somebody may see all units, in the order of the definition. */
export const regionsOf = (scope: Scope, { definition }: Register): string[] =>
	placesOf(scope, definition, 'region').map(({ id }) => id);

/**
 * The country in a view, or one of its regions. Undefined for a country or a region of which the scope does not hold
 * all units, and for a region that no unit lies in.
 */
export async function countryFigures(
	scope: Scope,
	register: Register,
	view: View,
	region: string | null = null
): Promise<CountryFigures | undefined> {
	const { definition } = register;
	const members = definition.units.filter((u) => region === null || u.region === region).map((u) => u.id);
	if (region === null ? scope.units !== 'all' : members.length === 0) return undefined;
	if (!members.every((unit) => maySee(scope, unit))) return undefined;
	const here = new Set(members);
	const endYear = yearOf(view.period.to);
	const [spans, found, months, covered] = await Promise.all([
		volumeSpans(register, view),
		standings(scope, register, view),
		volumeMonths(scope, register, {
			period: view.period,
			asOf: view.asOf,
			years: view.years,
			...(region === null ? {} : { units: members })
		}),
		region === null
			? coverage(scope, register, { from: endYear - 5, to: endYear - 1, asOf: view.asOf })
			: undefined
	]);
	const ordered = found
		.filter(({ unit }) => here.has(unit))
		.toSorted((a, b) => concerned(b) - concerned(a) || b.births - a.births);
	const formPlace = new Map(definition.register.forms.map(({ id }, place) => [id, place]));
	const shown = definition.variables
		.flatMap((v, place) => (v.completeness === 'value' ? [{ v, place }] : []))
		.toSorted((a, b) => (formPlace.get(a.v.form) ?? 0) - (formPlace.get(b.v.form) ?? 0));
	return {
		view,
		region,
		judged: spans.judged,
		births: sumOfSpan(spans.period, here),
		dueBirths: sumOfSpan(spans.due, here),
		earlierBirths: spans.earlier.map((span) => sumOfSpan(span, here)),
		months: months ?? [],
		standings: ordered,
		coverage: covered ?? [],
		heat: {
			variables: shown.map(({ v }) => v.id),
			rows: ordered.map(({ unit, shares }) => ({
				unit,
				shares: shown.map(({ place }) => shares[place] ?? null)
			}))
		}
	};
}

/** How many births a unit's flags concern together; a birth may be counted for several flags. */
export const concerned = (s: UnitStanding) => s.flags.reduce((sum, f) => sum + f.births, 0);
