import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Rounds } from './open.ts';

/** That somebody has fetched a unit's report of an edition; `at` in ms. `who` is an account's id. */
export type Fetch = { edition: number; unit: string; who: string | null; name: string; at: number };

/**
 * Notes that the report has been fetched: to be told of people of the unit or its region, not of the register's own,
 * as a unit whose report has been fetched is not reminded of it.
 */
export function noteFetched(
	{ db }: Rounds,
	{ instant, ...fetch }: Omit<Fetch, 'at'> & { round: string; instant: number }
): void {
	db.prepare(
		`insert into fetch (round, edition, unit, who, name, at)
		values ($round, $edition, $unit, $who, $name, $instant)`
	).run({ ...fetch, instant });
}

const row: z.ZodType<Fetch> = z.object({
	edition: z.int(),
	unit: z.string(),
	who: z.string().nullable(),
	name: z.string(),
	at: z.int()
});

/** Who has fetched which unit's report of a round, the first first, as far as the scope reaches. */
export function fetchesOf(scope: Scope, { db }: Rounds, round: string): Fetch[] {
	const rows = db
		.prepare('select edition, unit, who, name, at from fetch where round = ? order by number')
		.all(round);
	return z
		.array(row)
		.parse(rows)
		.filter(({ unit }) => maySee(scope, unit));
}

/** Whether the report of an edition has been fetched for a unit. */
export function isFetched({ db }: Rounds, round: string, edition: number, unit: string): boolean {
	const found = db
		.prepare('select 1 from fetch where round = ? and edition = ? and unit = ? limit 1')
		.get(round, edition, unit);
	return found !== undefined;
}
