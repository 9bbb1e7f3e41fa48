import { maySee, type Scope } from '#lib/access/scope.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, type BirthCell } from './cells.ts';

/** How many births and deliveries a period holds. */
export type BirthNumbers = { births: number; deliveries: number };

/** The births of the nation and, where one is named, of a unit (null outside the scope). */
export async function birthsOf(
	scope: Scope,
	{ db }: Register,
	{ period, asOf }: View,
	unit?: string
): Promise<{ nation: BirthNumbers; unit: BirthNumbers | null }> {
	const cells = await birthCells(db, { period, asOf });
	return {
		nation: total(cells),
		unit: unit !== undefined && maySee(scope, unit) ? total(cells.filter((cell) => cell.unit === unit)) : null
	};
}

const total = (cells: readonly BirthCell[]): BirthNumbers => ({
	births: cells.reduce((sum, cell) => sum + cell.births, 0),
	deliveries: cells.reduce((sum, cell) => sum + cell.deliveries, 0)
});
