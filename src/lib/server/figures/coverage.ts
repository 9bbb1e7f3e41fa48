import type { Scope } from '#lib/access/scope.ts';
import { maySee } from '#lib/access/scope.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import { year } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells } from './cells.ts';

/** Births here against births in the reference, for one whole calendar year. May exceed 1. */
export type CoverageYear = { year: number; figure: Figure };

/**
 * Coverage per calendar year, for the years that have a reference, of one unit or of the nation. Reference
 * births are live births, so live births are counted here too. Undefined outside the scope.
 */
export async function coverage(
	scope: Scope,
	register: Register,
	{ unit, from, to, asOf }: { unit?: string; from: number; to: number; asOf: Day }
): Promise<CoverageYear[] | undefined> {
	if (unit === undefined ? scope.units !== 'all' : !maySee(scope, unit)) return undefined;
	const references = register.definition.references.filter(
		(r) => r.unit === (unit ?? '') && r.year >= from && r.year <= to
	);
	if (references.length === 0) return [];
	const cells = await birthCells(register.db, {
		period: { from: year(from).from, to: year(to).to },
		asOf,
		...(unit === undefined ? {} : { unit })
	});
	return references.map((reference) => ({
		year: reference.year,
		figure: figure('coverage', {
			births: cells
				.filter((c) => yearOf(c.month) === reference.year)
				.reduce((sum, c) => sum + c.liveBirths, 0),
			referenceBirths: reference.births
		})
	}));
}
