import { z } from 'zod';
import { yearOf } from '#lib/period/birth-month.ts';
import { birthMonthOf, type Day } from '#lib/period/day.ts';
import { roundsHeldIn } from '#lib/period/round.ts';
import { acts, type Act, type PlannedRound, type Step } from './due-steps.ts';
import { findEdition } from './edition.ts';
import { nextTry } from './next-try.ts';
import { transaction, type Rounds } from './open.ts';

/** A round of the plan, and the fault of the step that was tried last, if it had one and has not come out well since. */
export type Planned = Omit<PlannedRound, 'isMaking'> & {
	fault: { act: Act; tried: number; words: string } | null;
};

const row = z.object({
	id: z.string(),
	cutOff: z.string(),
	sentOn: z.string().nullable(),
	remindedOn: z.string().nullable(),
	queuedEdition: z.int().nullable(),
	step: z.enum(acts).nullable(),
	tried: z.int(),
	nextAt: z.int().nullable(),
	fault: z.string().nullable()
});

/**
 * Puts the rounds of this year and the next into the plan. It begins with the first cut-off from the day on which
 * there was none yet: what lies before is nobody's plan and is never sent by it. From then on no round is left out,
 * however long the server was down. A round that is not frozen yet has the days of the calendar as it is now.
 */
export function planAhead(rounds: Rounds, today: Day): void {
	transaction(rounds, () => {
		const { db } = rounds;
		const first = db.prepare('select min(cut_off) as day from plan').get()?.day;
		const from = typeof first === 'string' && first < today ? first : today;
		const [firstYear, lastYear] = [from, today].map((day) => yearOf(birthMonthOf(day))) as [number, number];
		const put = db.prepare(
			`insert into plan (round, cut_off, sent_on) values ($heldIn, $cutOff, $sentOn)
			on conflict (round) do update set cut_off = $cutOff, sent_on = $sentOn
			where not exists (select 1 from edition where edition.round = plan.round)`
		);
		for (let year = firstYear; year <= lastYear + 1; year++)
			for (const { heldIn, cutOff, sentOn } of roundsHeldIn(year))
				if (cutOff >= from) put.run({ heldIn, cutOff, sentOn });
	});
}

/** The rounds of the plan as they stand, in time order. */
export function planOf(rounds: Rounds): Planned[] {
	const rows = rounds.db
		.prepare(
			`select round as id, cut_off as cutOff, sent_on as sentOn, reminded_on as remindedOn,
				queued_edition as queuedEdition, step, tried, next_at as nextAt, fault
			from plan order by cut_off`
		)
		.all();
	return z
		.array(row)
		.parse(rows)
		.map(({ step, tried, nextAt, fault, ...planned }) => {
			const edition = findEdition(rounds, planned.id);
			return {
				...planned,
				state: edition?.state ?? 'planned',
				edition: edition?.number ?? null,
				tried: step && nextAt !== null ? { act: step, nextAt } : null,
				fault: step && fault ? { act: step, tried, words: fault } : null
			};
		});
}

/** A step has come out well: what it leaves behind, and that nothing is at fault any more. */
export function stepDone({ db }: Rounds, { round, edition, act }: Step, today: Day): void {
	db.prepare('update plan set step = null, tried = 0, next_at = null, fault = null where round = ?').run(
		round
	);
	if (act === 'askForRelease')
		db.prepare('update plan set reminded_on = ? where round = ?').run(today, round);
	if (act === 'queue') db.prepare('update plan set queued_edition = ? where round = ?').run(edition, round);
}

/**
 * A step has failed, or was only begun (no fault): where it is still due it is tried again after 1, 5 and 25 minutes,
 * then every hour until it comes out well.
 */
export function stepTried(rounds: Rounds, { round, act }: Step, fault: string | null, instant: number): void {
	transaction(rounds, () => {
		const found = rounds.db.prepare('select step, tried from plan where round = ?').get(round);
		const times = found?.step === act ? Number(found.tried) + 1 : 1;
		rounds.db
			.prepare('update plan set step = ?, tried = ?, next_at = ?, fault = ? where round = ?')
			.run(act, times, nextTry(times, instant, instant), fault?.slice(0, 300) ?? null, round);
	});
}
