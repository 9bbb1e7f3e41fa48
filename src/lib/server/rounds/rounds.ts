import { isBirthMonth, yearOf } from '#lib/period/birth-month.ts';
import { birthMonthOf, type Day } from '#lib/period/day.ts';
import { roundsHeldIn, type Round } from '#lib/period/round.ts';
import { editionsOf, roundHeldIn, type Edition, type EditionState } from './edition.ts';
import type { Rounds } from './open.ts';

export { findEdition, type Approval, type Edition, type EditionState, type Versions } from './edition.ts';

/** A round with its editions, the newest first. Its state is that of the newest; without one it is planned. */
export type KeptRound = {
	/** The month in which it is held: 2026-09. */
	id: string;
	round: Round;
	state: 'planned' | EditionState;
	editions: Edition[];
};

/**
 * The rounds, the newest first: those of the calendar from this year on, for so many years, whatever has become of
 * them, and of all years those that have an edition.
 */
export function listRounds(rounds: Rounds, today: Day, years = 2): KeptRound[] {
	const thisYear = yearOf(birthMonthOf(today));
	const planned = Array.from({ length: years }, (_, ahead) => roundsHeldIn(thisYear + ahead)).flat();
	const editions = Map.groupBy(editionsOf(rounds), ({ round }) => round);
	const ids = new Set([...planned.map(({ heldIn }) => heldIn), ...editions.keys()]);
	return [...ids].flatMap((id) => kept(id, editions.get(id) ?? []) ?? []).sort(newestFirst);
}

/**
 * The round held in a month such as 2026-09: of any year when it has an edition, else of the past year, this one or
 * the next. Undefined where there is none.
 */
export function findRound(rounds: Rounds, id: string, today: Day): KeptRound | undefined {
	const editions = editionsOf(rounds, id);
	if (editions.length) return kept(id, editions);
	const isNear = isBirthMonth(id) && Math.abs(yearOf(id) - yearOf(birthMonthOf(today))) <= 1;
	return isNear ? kept(id, []) : undefined;
}

/** A round as it was held to be when it was frozen first, else as the calendar has it. */
function kept(id: string, editions: Edition[]): KeptRound | undefined {
	const round = editions.at(-1)?.held ?? roundHeldIn(id);
	return round && { id, round, state: editions[0]?.state ?? 'planned', editions };
}

const newestFirst = (a: KeptRound, b: KeptRound) => b.id.localeCompare(a.id);
