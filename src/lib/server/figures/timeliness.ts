import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { median, ninetieth } from '#lib/measures/quantile.ts';
import { duePart } from '#lib/period/calendar.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, held, heldSql } from './cells.ts';

/** How soon births came: on time among those due, and the days from birth to first receipt. */
export type Timeliness = {
	figure: Figure;
	medianDays: number | null;
	ninetiethDays: number | null;
	days: { value: number; n: number }[];
};

/** The timeliness of one unit, or of the nation without one. Undefined outside the scope. */
export async function timeliness(
	scope: Scope,
	register: Register,
	{ unit, period, asOf }: { unit?: string; period: Period; asOf: Day }
): Promise<Timeliness | undefined> {
	if (unit === undefined ? scope.units !== 'all' : !maySee(scope, unit)) return undefined;
	const { db, definition } = register;
	const due = duePart(period, asOf);
	const place = unit === undefined ? {} : { unit };
	const cells = due ? await birthCells(db, { period: due, asOf, ...place }) : [];
	const sum = (key: 'births' | 'onTime') => cells.reduce((total, cell) => total + cell[key], 0);
	const variable = definition.register.daysToReceipt;
	const days =
		variable === undefined
			? []
			: await db.rows(
					z.object({ value: z.int(), n: z.int() }),
					`select code::integer as value, sum(n)::integer as n from cube_code
					where ${heldSql} and variable = $variable ${unit === undefined ? '' : 'and unit = $unit'}
					group by 1 order by 1`,
					{ ...held(period, asOf), variable, ...(unit === undefined ? {} : { unit }) }
				);
	return {
		figure: figure(
			'timeliness',
			{ onTime: sum('onTime'), birthsDue: sum('births') },
			{ due: due !== undefined }
		),
		medianDays: median(days),
		ninetiethDays: ninetieth(days),
		days
	};
}
