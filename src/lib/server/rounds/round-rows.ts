import type { Day } from '#lib/period/day.ts';
import type { RoundRow } from '#lib/server/notebook/desk.ts';
import type { Rounds } from './open.ts';
import { listRounds } from './rounds.ts';

/** The rounds as notebooks ask of them, the newest first. */
export const roundRows = (rounds: Rounds, today: Day): RoundRow[] =>
	listRounds(rounds, today).map(({ id, round, state }) => ({
		round: id,
		periodFrom: round.period.from,
		periodTo: round.period.to,
		cutOff: round.cutOff,
		state
	}));
