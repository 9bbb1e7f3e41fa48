import { addDays, type Day } from '#lib/period/day.ts';
import type { EditionState } from './edition.ts';

/** A round as the plan sees it. `edition` is its newest; the days are those of the calendar. */
export type PlannedRound = {
	id: string;
	cutOff: Day;
	/** Null for the silent one, which nobody is sent. */
	sentOn: Day | null;
	state: 'planned' | EditionState;
	edition: number | null;
	isMaking: boolean;
	/** When administrators were last told that it waits for release. */
	remindedOn: Day | null;
	/** The edition whose mails the plan has put into the outbox last. */
	queuedEdition: number | null;
	/** What was tried last and has not come out well yet: not again before this moment (ms). */
	tried: { act: Act; nextAt: number } | null;
};

/** A moment as the plan looks at it: the day and hour in Sweden, and ms since 1970. */
export type PlanMoment = { today: Day; hour: number; instant: number };

export const acts = ['freeze', 'make', 'askForRelease', 'queue'] as const;

/** What the plan does with a round. It never releases one: that is for people. */
export type Act = (typeof acts)[number];
export type Step = { round: string; edition: number; act: Act };

/** Nothing more of the cut-off's day is on its way in. */
const freezeHour = 1;
/** When people come to work. */
const mailHour = 7;
/** For so many days after a round should have been sent its administrators are told every morning. */
const lastReminder = 14;

/**
 * What is to be done at a moment, at most one thing for each round, the earlier round first: it is frozen in the night
 * after the cut-off, made after that, told of to the administrators when it waits for release, and sent on its day or,
 * if it is released later, then. What a night was missed for is due at any later moment.
 */
export function dueSteps(rounds: readonly PlannedRound[], moment: PlanMoment): Step[] {
	return rounds
		.toSorted((a, b) => (a.cutOff < b.cutOff ? -1 : 1))
		.flatMap((round) => {
			const act = dueAct(round, moment);
			return act ? [{ round: round.id, edition: round.edition ?? 1, act }] : [];
		});
}

function dueAct(round: PlannedRound, moment: PlanMoment): Act | undefined {
	const act = nextAct(round, moment);
	const { tried } = round;
	return tried && tried.act === act && moment.instant < tried.nextAt ? undefined : act;
}

function nextAct(round: PlannedRound, moment: PlanMoment): Act | undefined {
	const { state, cutOff, sentOn, isMaking, edition, queuedEdition } = round;
	if (state === 'planned') return isPast(addDays(cutOff, 1), freezeHour, moment) ? 'freeze' : undefined;
	if (state === 'frozen') return isMaking ? undefined : 'make';
	if (sentOn === null) return undefined;
	if (state === 'made') return isToBeTold(round, sentOn, moment) ? 'askForRelease' : undefined;
	if (state === 'released' && queuedEdition !== edition)
		return isPast(sentOn, mailHour, moment) ? 'queue' : undefined;
	return undefined;
}

/** Once as soon as it is made, and every morning from the day on which it is to be sent. */
function isToBeTold({ remindedOn }: PlannedRound, sentOn: Day, { today, hour }: PlanMoment): boolean {
	if (hour < mailHour || today > addDays(sentOn, lastReminder)) return false;
	return remindedOn === null || (today >= sentOn && remindedOn < today);
}

const isPast = (day: Day, from: number, { today, hour }: PlanMoment) =>
	today > day || (today === day && hour >= from);
