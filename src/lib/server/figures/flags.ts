import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { flagChanges, type FlagChanges } from '#lib/measures/flag-changes.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { judge } from '#lib/measures/judge.ts';
import type { Day } from '#lib/period/day.ts';
import { lastRound } from '#lib/period/last-round.ts';
import type { View } from '#lib/period/view.ts';
import type { Database } from '#lib/server/db/database.ts';
import type { Register } from '#lib/server/register/open.ts';
import { nationHistory } from './history.ts';
import { remembered } from './remembered.ts';
import { flagDays, withDays, type FlagDay } from './since-day.ts';
import { cellsOfUnits, type UnitCells } from './unit-cells.ts';

/** The flags of all units in a view, those that concern most births first. */
export async function flagsOf(scope: Scope, register: Register, view: View): Promise<Flag[]> {
	return (await judgedOnce(register, view)).filter(({ unit }) => maySee(scope, unit));
}

/** The flags of one unit in a view; undefined for a unit outside the scope. */
export async function unitFlags(
	scope: Scope,
	register: Register,
	unit: string,
	view: View
): Promise<Flag[] | undefined> {
	if (!maySee(scope, unit)) return undefined;
	return (await judgedOnce(register, view)).filter((flag) => flag.unit === unit);
}

/** What is new, persists and is resolved in a view since the feedback before; undefined where there was none. */
export async function flagsSinceLastRound(
	scope: Scope,
	register: Register,
	view: View
): Promise<{ round: View; changes: FlagChanges } | undefined> {
	const round = lastRound(view);
	if (!round) return undefined;
	const [now, before] = await Promise.all([flagsOf(scope, register, view), flagsOf(scope, register, round)]);
	return { round, changes: flagChanges(now, before) };
}

/** What was judged of a view, and by which submission of each unit. */
type Judged = {
	latest: ReadonlyMap<string, number>;
	cells: ReadonlyMap<string, UnitCells>;
	flags: readonly Flag[];
};

/** So many views' judgements are kept: those of now and of the rounds before. */
const mostViews = 12;
const kept = new WeakMap<Database, Map<string, Judged>>();

/** Judged over the whole nation, as chance has its share in so many figures; asked once until something is received. */
const judgedOnce = (register: Register, view: View): Promise<readonly Flag[]> =>
	remembered(register, ['flags', view], () => judgedAnew(register, view));

/**
 * Judges what has changed since the last time: only units that have sent something by the view's day are read
 * again, and where none has, as on any day that is past, nothing is judged.
 */
async function judgedAnew(register: Register, view: View): Promise<readonly Flag[]> {
	const views = kept.get(register.db) ?? new Map<string, Judged>();
	kept.set(register.db, views);
	const key = JSON.stringify(view);
	const known = views.get(key);
	const latest = await latestSubmissions(register, view.asOf);
	const units = register.definition.units
		.map(({ id }) => id)
		.filter((id) => !known || known.latest.get(id) !== latest.get(id));
	if (known && units.length === 0) return known.flags;
	const cells = new Map([...(known?.cells ?? []), ...(await cellsOfUnits(register, view, units))]);
	const history = await nationHistory(register, view, cells);
	const flags = history ? await withDays(register, view.asOf, judge(history)) : [];
	views.delete(key);
	views.set(key, { latest, cells, flags });
	const [oldest] = views.keys();
	if (views.size > mostViews && oldest !== undefined) views.delete(oldest);
	return flags;
}

/**
 * The counts by day that a view's flags know their first day from, and the day as of which they are: of all units, to
 * be frozen with the cubes.
 */
export async function daysOfFlags(register: Register, view: View): Promise<(FlagDay & { asOf: Day })[]> {
	const units = register.definition.units.map(({ id }) => id);
	const history = await nationHistory(register, view, await cellsOfUnits(register, view, units));
	const days = history ? await flagDays(register, view.asOf, judge(history)) : [];
	return days.map((each) => ({ asOf: view.asOf, ...each }));
}

const numbered = z.object({ unit: z.string(), number: z.int() });

/** The number of the last file of each unit that was received by a day. */
async function latestSubmissions({ db }: Register, asOf: Day): Promise<Map<string, number>> {
	const found = await db.rows(
		numbered,
		`select unit, max(number)::integer as number from submission
		where status = 'received' and received <= $asOf::date group by unit`,
		{ asOf }
	);
	return new Map(found.map(({ unit, number }) => [unit, number]));
}
