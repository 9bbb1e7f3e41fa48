import { z } from 'zod';
import type { Scope } from '#lib/access/scope.ts';
import { maySee } from '#lib/access/scope.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import type { Day } from '#lib/period/day.ts';
import { year } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { held, heldSql } from './cells.ts';

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
	const found = await register.db.rows(
		z.object({ year: z.int(), births: z.int() }),
		`select year(birth_month)::integer as year, sum(live_births)::integer as births from cube_birth
		where ${heldSql} ${unit === undefined ? '' : 'and unit = $unit'} group by 1`,
		{
			...held({ from: year(from).from, to: year(to).to }, asOf),
			...(unit === undefined ? {} : { unit })
		}
	);
	return references.map((reference) => ({
		year: reference.year,
		figure: figure('coverage', {
			births: found.find((row) => row.year === reference.year)?.births ?? 0,
			referenceBirths: reference.births
		})
	}));
}
