import { countKeys, nothing, type Counts } from '#lib/measures/counts.ts';
import { addMonths, monthsBetween, type BirthMonth } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { Statements } from '#lib/server/db/database.ts';
import { countColumns, countsAt, held, heldSql } from './cells.ts';

/** The counts of one variable in one birth month. */
export type MonthCounts = { month: BirthMonth; counts: Counts };

/** The counts of a unit's variables month by month, in time order. */
export type UnitItems = ReadonlyMap<string, readonly MonthCounts[]>;

/**
 * The counts of all variables of a unit, month by month, as known on `asOf`. One question for all that a
 * unit's page needs of them: the period, the year before, the quarters, and since when something is low.
 */
export async function unitItems(
	db: Statements,
	{ unit, period, asOf }: { unit: string; period: Period; asOf: Day }
): Promise<UnitItems> {
	const found = await db.columns(
		{ variable: 'text', month: 'integer', ...countColumns },
		`select variable, date_diff('month', $from::date, birth_month)::integer as month,
			n_applicable, n_recorded, n_unknown, n_blank, n_invalid, n_implausible
		from cube_item where ${heldSql} and unit = $unit order by birth_month`,
		{ ...held(period, asOf), unit }
	);
	const months = Array.from({ length: monthsBetween(period.from, period.to) + 1 }, (_, at) =>
		addMonths(period.from, at)
	);
	const items = new Map<string, MonthCounts[]>();
	found.variable.forEach((variable, row) => {
		const own = items.get(variable);
		const cell = { month: months[found.month[row] ?? 0] ?? period.from, counts: countsAt(found, row) };
		if (own) own.push(cell);
		else items.set(variable, [cell]);
	});
	return items;
}

/** The counts of some months together. */
export function countsOver(cells: readonly MonthCounts[] | undefined, { from, to }: Period): Counts {
	const total = { ...nothing };
	for (const { month, counts } of cells ?? [])
		if (month >= from && month <= to) for (const key of countKeys) total[key] += counts[key];
	return total;
}
