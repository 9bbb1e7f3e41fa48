import { maySee, type Scope } from '#lib/access/scope.ts';
import { literal } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { leastUnits, quartersOf } from '#lib/measures/bands.ts';
import { change, type Change } from '#lib/measures/change.ts';
import type { Counts } from '#lib/measures/counts.ts';
import { completeness, figure, type Figure } from '#lib/measures/figure.ts';
import { measures } from '#lib/measures/measures.ts';
import { addMonths, yearOf, type BirthMonth } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import { earlierPeriod, monthsOf, year, type Period } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { held, heldSql } from './cells.ts';
import { poolableFor } from './nation.ts';
import { remembered } from './remembered.ts';
import { countsOver, unitItems, type MonthCounts, type UnitItems } from './unit-items.ts';

/** A variable of one unit (or of many together) in a period, beside last year and the other units. */
export type VariableFigure = {
	variable: string;
	counts: Counts;
	/** The counts of the same months last year. */
	earlierCounts: Counts;
	/** Completeness; for a tick box, whose blanks are answers, the prevalence. */
	figure: Figure;
	earlier: Figure;
	change: Change | null;
	/**
	 * Where the share lies among the units: their least, quartiles and greatest, of which those are null that cannot
	 * be told. Empty for fewer than five units.
	 */
	among: (number | null)[];
	/** Completeness (prevalence) in each of the last twelve quarters; null where it cannot be told. */
	trend: (number | null)[];
};

/** A variable's figure from its counts: completeness, or the prevalence of a tick box. */
export function figureOf(v: Variable, counts: Counts): Figure {
	if (v.completeness === 'tickbox')
		return figure('prevalence', { n: counts.nRecorded, nApplicable: counts.nApplicable });
	return completeness(counts, { target: v.target ?? null, unknownCounts: v.unknownCounts });
}

const quarters = 12;
/** So few births say nothing about a quarter. */
const leastInQuarter = 5;

/** The last twelve whole or begun quarters up to a period's end. */
export function trendPeriod({ to }: Period): Period {
	const end = addMonths(to, 2 - ((Number(to.slice(5)) - 1) % 3));
	return { from: addMonths(end, 1 - 3 * quarters), to: end };
}

/** The months of which a unit's page needs the counts: the quarters of its trends, and two years before. */
function askedMonths(period: Period): Period {
	const trended = trendPeriod(period);
	const yearBefore = year(yearOf(period.from) - 1).from;
	return {
		from: [trended.from, earlierPeriod(period, 1).from, yearBefore].toSorted()[0] ?? trended.from,
		to: trended.to
	};
}

/**
 * All variables of a unit in a period, in the order of the catalogue, as known on `asOf`, and the counts by
 * month that they are made of. Last year's figures are those of the same months as known on `asOf` too.
 * Undefined for a unit outside the scope.
 */
export async function unitCompleteness(
	scope: Scope,
	register: Register,
	{ unit, period, asOf }: { unit: string; period: Period; asOf: Day }
): Promise<{ variables: VariableFigure[]; items: UnitItems } | undefined> {
	if (!maySee(scope, unit)) return undefined;
	const [items, shares] = await Promise.all([
		unitItems(register.db, { unit, period: askedMonths(period), asOf }),
		unitShares(register, { period, asOf })
	]);
	const yearBefore = earlierPeriod(period, 1);
	const quarterOf = new Map(monthsOf(trendPeriod(period)).map((month, at) => [month, Math.floor(at / 3)]));
	const variables = register.definition.variables.map((v) => {
		const months = items.get(v.id);
		const counts = countsOver(months, period);
		const earlierCounts = countsOver(months, yearBefore);
		const later = figureOf(v, counts);
		const earlier = figureOf(v, earlierCounts);
		return {
			variable: v.id,
			counts,
			earlierCounts,
			figure: later,
			earlier,
			change: change(later, earlier),
			among: placesAmong(scope, shares.get(v.id) ?? []),
			trend: trendOf(v, months, quarterOf)
		};
	});
	return { variables, items };
}

/** The share of each quarter; `quarterOf` tells in which of them a month lies. */
export function trendOf(
	v: Variable,
	months: readonly MonthCounts[] | undefined,
	quarterOf: ReadonlyMap<BirthMonth, number>
): (number | null)[] {
	const n = Array<number>(quarters).fill(0);
	const recorded = Array<number>(quarters).fill(0);
	for (const { month, counts } of months ?? []) {
		const quarter = quarterOf.get(month);
		if (quarter === undefined) continue;
		n[quarter] = (n[quarter] ?? 0) + counts.nApplicable;
		const known = counts.nRecorded + (v.unknownCounts ? counts.nUnknown : 0);
		recorded[quarter] = (recorded[quarter] ?? 0) + known;
	}
	return n.map((births, quarter) => (births >= leastInQuarter ? (recorded[quarter] ?? 0) / births : null));
}

/** What counts as recorded, in SQL: unknown too, for the variables of which the catalogue says so. */
function recordedSql({ definition }: Register): string {
	const counting = definition.variables.filter((v) => v.unknownCounts).map((v) => literal(v.id));
	const unknown = counting.length
		? ` + case when variable in (${counting.join(', ')}) then n_unknown else 0 end`
		: '';
	return `sum(n_recorded${unknown})`;
}

/** A unit's share of a variable. */
type UnitShare = { unit: string; share: number };

/** The shares of all units by variable, the least first; the same for all who ask, so asked once until something is received. */
const unitShares = (register: Register, q: { period: Period; asOf: Day }) =>
	remembered(register, ['shares', q.period, q.asOf], () => askUnitShares(register, q));

async function askUnitShares(
	register: Register,
	{ period, asOf }: { period: Period; asOf: Day }
): Promise<Map<string, UnitShare[]>> {
	const found = await register.db.columns(
		{ variable: 'text', unit: 'text', n_applicable: 'integer', n_recorded: 'integer' },
		`select variable, unit, sum(n_applicable)::integer as n_applicable,
			${recordedSql(register)}::integer as n_recorded
		from cube_item where ${heldSql}
		group by variable, unit having sum(n_applicable) >= ${measures.completeness.minDenominator}`,
		held(period, asOf)
	);
	const shares = new Map<string, UnitShare[]>();
	found.variable.forEach((variable, row) => {
		const own = shares.get(variable);
		const share = {
			unit: found.unit[row] ?? '',
			share: (found.n_recorded[row] ?? 0) / (found.n_applicable[row] ?? 1)
		};
		if (own) own.push(share);
		else shares.set(variable, [share]);
	});
	for (const own of shares.values()) own.sort((a, b) => a.share - b.share);
	return shares;
}

/**
 * Where units lie, in the order of their shares: who sees all of them is told the quartiles and extremes; who does
 * not is told those of the others, as the edges of bands.
 */
function placesAmong(scope: Scope, shares: readonly UnitShare[]): (number | null)[] {
	if (scope.units !== 'all')
		return quartersOf(shares.flatMap(({ unit, share }) => (maySee(scope, unit) ? [] : [share])));
	if (shares.length < leastUnits) return [];
	return [0, 0.25, 0.5, 0.75, 1].map(
		(part) => shares[Math.max(1, Math.ceil(part * shares.length)) - 1]?.share ?? null
	);
}

/**
 * Per variable the nation's share in each of the last twelve quarters; null where it cannot be told, or would give
 * single units away.
 */
export async function trendsByVariable(
	scope: Scope,
	register: Register,
	q: { period: Period; asOf: Day }
): Promise<Map<string, (number | null)[]>> {
	const [all, poolable] = await Promise.all([
		remembered(register, ['trends', q.period, q.asOf], () => askTrends(register, q)),
		poolableFor(scope, register)
	]);
	return new Map(
		[...all].map(([variable, quarterly]) => [
			variable,
			quarterly.map((found) => (found && poolable(found.units) ? found.share : null))
		])
	);
}

type Quarter = { share: number; units: number } | null;

async function askTrends(
	register: Register,
	{ period, asOf }: { period: Period; asOf: Day }
): Promise<Map<string, Quarter[]>> {
	const found = await register.db.columns(
		{
			variable: 'text',
			quarter: 'integer',
			units: 'integer',
			n_applicable: 'integer',
			n_recorded: 'integer'
		},
		`select variable, (date_diff('month', $from::date, birth_month) // 3)::integer as quarter,
			count(distinct case when n_applicable > 0 then unit end)::integer as units,
			sum(n_applicable)::integer as n_applicable, ${recordedSql(register)}::integer as n_recorded
		from cube_item where ${heldSql} group by variable, quarter`,
		held(trendPeriod(period), asOf)
	);
	const trends = new Map<string, Quarter[]>();
	found.variable.forEach((variable, row) => {
		const trend = trends.get(variable) ?? Array<Quarter>(quarters).fill(null);
		const n = found.n_applicable[row] ?? 0;
		const share = (found.n_recorded[row] ?? 0) / n;
		trend[found.quarter[row] ?? 0] = n >= leastInQuarter ? { share, units: found.units[row] ?? 0 } : null;
		trends.set(variable, trend);
	});
	return trends;
}
