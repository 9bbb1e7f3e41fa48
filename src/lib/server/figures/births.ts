import { maySee, type Scope } from '#lib/access/scope.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, birthsOverSpans, type BirthCell, type Span } from './cells.ts';
import { mayPool } from './nation.ts';

/** How many births and deliveries a period holds. */
export type BirthNumbers = { births: number; deliveries: number };

/**
 * The births of the nation (null where they would give single units away) and, where one is named, of a unit (null
 * outside the scope).
 */
export async function birthsOf(
	scope: Scope,
	{ db }: Register,
	{ period, asOf }: View,
	unit?: string
): Promise<{ nation: BirthNumbers | null; unit: BirthNumbers | null }> {
	const cells = await birthCells(db, { period, asOf });
	return {
		nation: mayPool(scope, withBirths(cells)) ? total(cells) : null,
		unit: unit !== undefined && maySee(scope, unit) ? total(cells.filter((cell) => cell.unit === unit)) : null
	};
}

/**
 * The births of a unit over each of some spans, and whether anything was known of the nation then: of a nation of
 * which nothing may be told, of the unit. Undefined for a unit outside the scope.
 */
export async function birthsInSpans(
	scope: Scope,
	{ db }: Register,
	unit: string,
	spans: readonly Span[]
): Promise<{ births: number; isKnown: boolean }[] | undefined> {
	if (!maySee(scope, unit)) return undefined;
	return (await birthsOverSpans(db, spans)).map((span) => {
		const births = span.get(unit)?.births ?? 0;
		const reporting = [...span].flatMap(([id, each]) => (each.births > 0 ? [id] : []));
		return { births, isKnown: births > 0 || (reporting.length > 0 && mayPool(scope, reporting)) };
	});
}

/** The units that have births at all. */
export const withBirths = (cells: readonly BirthCell[]) =>
	cells.flatMap(({ unit, births }) => (births > 0 ? [unit] : []));

const total = (cells: readonly BirthCell[]): BirthNumbers => ({
	births: cells.reduce((sum, cell) => sum + cell.births, 0),
	deliveries: cells.reduce((sum, cell) => sum + cell.deliveries, 0)
});
