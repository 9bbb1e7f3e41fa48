import type { Day } from '#lib/period/day.ts';
import { isFeedback, roundsHeldIn, type Feedback } from '#lib/period/round.ts';

/** The feedback that was sent last before a day, which the demo has held; or with `back` 1 the one before that. */
export function lastFeedback(today: Day, back = 0): Feedback {
	const year = Number(today.slice(0, 4));
	const sent = [year - 1, year]
		.flatMap(roundsHeldIn)
		.filter(isFeedback)
		.filter(({ sentOn }) => sentOn < today);
	const found = sent.at(-1 - back);
	if (!found) throw new Error(`There was no such feedback before ${today}.`);
	return found;
}
