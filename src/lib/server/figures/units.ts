import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Day } from '#lib/period/day.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells } from './cells.ts';

/** A unit in a list: births of the period as known on the day, and when it last handed something in. */
export type ListedUnit = { unit: Unit; births: number; lastReceived: Day | null };

/** The units of the scope in the definition's order, closed ones too. */
export async function unitList(
	scope: Scope,
	{ db, definition }: Register,
	{ period, asOf }: View
): Promise<ListedUnit[]> {
	const [cells, received] = await Promise.all([
		birthCells(db, { period, asOf }),
		db.rows(
			z.object({ unit: z.string(), last: z.string() }),
			`select unit, max(received)::varchar as last from submission
			where status = 'received' and received <= $asOf::date group by unit`,
			{ asOf }
		)
	]);
	const births = new Map<string, number>();
	for (const cell of cells) births.set(cell.unit, (births.get(cell.unit) ?? 0) + cell.births);
	const last = new Map(received.map((row) => [row.unit, row.last]));
	return definition.units
		.filter((unit) => maySee(scope, unit.id))
		.map((unit) => ({
			unit,
			births: births.get(unit.id) ?? 0,
			lastReceived: last.get(unit.id) ?? null
		}));
}
