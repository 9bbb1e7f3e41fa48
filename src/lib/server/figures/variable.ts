import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { bandsOf, type Band } from '#lib/measures/bands.ts';
import { nothing, pool, type Counts } from '#lib/measures/counts.ts';
import type { Figure } from '#lib/measures/figure.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { earlierPeriod } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { countsByMonth, countsByUnit, countsByVariable, held, heldSql, pooledByVariable } from './cells.ts';
import { figureOf } from './completeness.ts';
import { mayPool, poolableFor } from './nation.ts';

/** Everything that a variable's page says; of one unit beside the nation, where one is chosen. */
export type VariableFigures = {
	variable: Variable;
	view: View;
	/** Null where it would give single units away; so are its single months, and the year before is as if unknown. */
	nation: { counts: Counts; figure: Figure; earlier: Figure } | null;
	unit: { id: string; counts: Counts; figure: Figure; earlier: Figure } | null;
	/** Monthly figures over five years up to the period's end. */
	months: { month: string; nation: Figure | null; unit: Figure | null }[];
	/** The units of the scope with their figures, the least complete first. */
	units: { unit: string; figure: Figure }[];
	/** The other units, as far as they may be told of. */
	others: Band[];
	/**
	 * Codes (or values) with their numbers, in the catalogue's order; empty where none are kept. Those of a nation that
	 * may not be told of are 0.
	 */
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
		pooledByVariable(db, { ...one, period: earlierPeriod(period, 1) }),
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
	const asked = byUnit.filter((u) => u.counts.nApplicable > 0).map((u) => u.unit);
	const told = mayPool(scope, asked);
	const poolable = await poolableFor(scope, register);
	const earlier = before.get(id);
	const nation = pool(byUnit.map((u) => u.counts));
	const own = byUnit.find((u) => u.unit === unit)?.counts ?? nothing;
	const unitByMonth = new Map(unitMonths.map((m) => [m.month, figure(m.counts)]));
	const units = byUnit.map((u) => ({ unit: u.unit, figure: figure(u.counts) }));
	return {
		variable,
		view,
		nation: told
			? {
					counts: nation,
					figure: figure(nation),
					earlier: figure(earlier && poolable(earlier.units) ? earlier.counts : nothing)
				}
			: null,
		unit:
			unit === undefined
				? null
				: { id: unit, counts: own, figure: figure(own), earlier: figure(beforeUnit.get(id) ?? nothing) },
		months: nationMonths.flatMap((m) => {
			const ownMonth = unitByMonth.get(m.month) ?? null;
			const all = poolable(m.units) ? figure(m.counts) : null;
			return all || ownMonth ? [{ month: m.month, nation: all, unit: ownMonth }] : [];
		}),
		units: units
			.filter((u) => maySee(scope, u.unit))
			.toSorted((a, b) => (a.figure.share ?? 2) - (b.figure.share ?? 2)),
		others: bandsOf(units.flatMap((u) => (maySee(scope, u.unit) ? [] : (u.figure.share ?? [])))),
		codes: ordered(
			variable,
			told ? codes : codes.filter((each) => each.unit > 0).map((each) => ({ ...each, nation: 0 }))
		)
	};
}

/** Codes as the catalogue has them (also those that nobody used); numbers by size. */
function ordered(v: Variable, found: { code: string; nation: number; unit: number }[]) {
	const listed = v.codes?.map((c) => c.code);
	if (!listed) return found.toSorted((a, b) => Number(a.code) - Number(b.code));
	return listed.map((code) => found.find((f) => f.code === code) ?? { code, nation: 0, unit: 0 });
}
