import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { median, ninetieth } from '#lib/measures/quantile.ts';
import { duePart } from '#lib/period/calendar.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { withBirths } from './births.ts';
import { birthCells, held, heldSql } from './cells.ts';
import { mayPool } from './nation.ts';

/** How soon births came: on time among those due, and the days from birth to first receipt. */
export type Timeliness = {
	figure: Figure;
	medianDays: number | null;
	ninetiethDays: number | null;
	days: { value: number; n: number }[];
};

/**
 * The timeliness of one unit, or of the nation without one. Undefined outside the scope, and for a nation that would
 * give single units away.
 */
export async function timeliness(
	scope: Scope,
	register: Register,
	q: { unit?: string; period: Period; asOf: Day }
): Promise<Timeliness | undefined> {
	if (q.unit !== undefined && !maySee(scope, q.unit)) return undefined;
	const due = duePart(q.period, q.asOf);
	const [all, days] = await Promise.all([birthCells(register.db, q), receiptDays(register, q)]);
	const cells = all.filter(({ month }) => due && month <= due.to);
	if (q.unit === undefined && !mayPool(scope, withBirths(due ? cells : all))) return undefined;
	const sum = (key: 'births' | 'onTime') => cells.reduce((total, cell) => total + cell[key], 0);
	return timelinessOf({ births: sum('births'), onTime: sum('onTime') }, due !== undefined, days);
}

/** Timeliness from its counts: births due and those of them in time, whether any are due, and days to receipt. */
export function timelinessOf(
	{ births, onTime }: { births: number; onTime: number },
	due: boolean,
	days: Timeliness['days']
): Timeliness {
	return {
		figure: figure('timeliness', { onTime, birthsDue: births }, { due }),
		medianDays: median(days),
		ninetiethDays: ninetieth(days),
		days
	};
}

/** How many births were first received so many days after the birth, for each number of days. */
export async function receiptDays(
	{ db, definition }: Register,
	{ unit, period, asOf }: { unit?: string; period: Period; asOf: Day }
): Promise<Timeliness['days']> {
	const variable = definition.register.daysToReceipt;
	if (variable === undefined) return [];
	return db.rows(
		z.object({ value: z.int(), n: z.int() }),
		`select code::integer as value, sum(n)::integer as n from cube_code
		where ${heldSql} and variable = $variable ${unit === undefined ? '' : 'and unit = $unit'}
		group by 1 order by 1`,
		{ ...held(period, asOf), variable, ...(unit === undefined ? {} : { unit }) }
	);
}
