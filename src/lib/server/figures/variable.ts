import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { pool } from '#lib/measures/counts.ts';
import type { Figure } from '#lib/measures/figure.ts';
import type { Counts } from '#lib/measures/counts.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { earlierPeriod } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { countsByMonth, countsByUnit, countsByVariable, held, heldSql } from './cells.ts';
import { figureOf } from './completeness.ts';
import { nothing } from '#lib/measures/counts.ts';

/** Everything that a variable's page says; of one unit beside the nation, where one is chosen. */
export type VariableFigures = {
	variable: Variable;
	view: View;
	nation: { counts: Counts; figure: Figure; earlier: Figure };
	unit: { id: string; counts: Counts; figure: Figure; earlier: Figure } | null;
	/** Monthly figures over five years up to the period's end. */
	months: { month: string; nation: Figure; unit: Figure | null }[];
	/** The units of the scope with their figures, the least complete first. */
	units: { unit: string; figure: Figure }[];
	/** Codes (or values) with their numbers, in the catalogue's order; empty where none are kept. */
	codes: { code: string; nation: number; unit: number }[];
};

const monthsShown = 60;

/** One variable in a view. Undefined where there is no such variable, or the unit is outside the scope. */
export async function variableFigures(
	scope: Scope,
	register: Register,
	id: string,
	view: View,
	unit?: string
): Promise<VariableFigures | undefined> {
	const { db, definition } = register;
	const variable = definition.byId.get(id);
	if (!variable || (unit !== undefined && (!definition.unitById.has(unit) || !maySee(scope, unit))))
		return undefined;
	const { period, asOf } = view;
	const trended = { from: addMonths(period.to, 1 - monthsShown), to: period.to };
	const one = { variable: id, asOf };
	const place = unit === undefined ? undefined : { unit };
	const [byUnit, before, beforeUnit, nationMonths, unitMonths, codes] = await Promise.all([
		countsByUnit(db, { ...one, period }),
		countsByVariable(db, { ...one, period: earlierPeriod(period, 1) }),
		place
			? countsByVariable(db, { ...one, ...place, period: earlierPeriod(period, 1) })
			: new Map<string, Counts>(),
		countsByMonth(db, { ...one, period: trended }),
		place ? countsByMonth(db, { ...one, ...place, period: trended }) : [],
		// last digits tell of how a number is written, not of what is answered
		variable.distribution === 'lastDigit'
			? []
			: db.rows(
					z.object({ code: z.string(), nation: z.int(), unit: z.int() }),
					`select code, sum(n)::integer as nation, coalesce(sum(n) filter (unit = $unit), 0)::integer as unit
			from cube_code where ${heldSql} and variable = $variable group by code`,
					{ ...held(period, asOf), variable: id, unit: unit ?? '' }
				)
	]);
	const figure = (counts: Counts) => figureOf(variable, counts);
	const nation = pool(byUnit.map((u) => u.counts));
	const own = byUnit.find((u) => u.unit === unit)?.counts ?? nothing;
	const unitByMonth = new Map(unitMonths.map((m) => [m.month, figure(m.counts)]));
	return {
		variable,
		view,
		nation: { counts: nation, figure: figure(nation), earlier: figure(before.get(id) ?? nothing) },
		unit:
			unit === undefined
				? null
				: { id: unit, counts: own, figure: figure(own), earlier: figure(beforeUnit.get(id) ?? nothing) },
		months: nationMonths.map((m) => ({
			month: m.month,
			nation: figure(m.counts),
			unit: unitByMonth.get(m.month) ?? null
		})),
		units: byUnit
			.filter((u) => maySee(scope, u.unit))
			.map((u) => ({ unit: u.unit, figure: figure(u.counts) }))
			.toSorted((a, b) => (a.figure.share ?? 2) - (b.figure.share ?? 2)),
		codes: ordered(variable, codes)
	};
}

/** Codes as the catalogue has them (also those that nobody used); numbers by size. */
function ordered(v: Variable, found: { code: string; nation: number; unit: number }[]) {
	const listed = v.codes?.map((c) => c.code);
	if (!listed) return found.toSorted((a, b) => Number(a.code) - Number(b.code));
	return listed.map((code) => found.find((f) => f.code === code) ?? { code, nation: 0, unit: 0 });
}
