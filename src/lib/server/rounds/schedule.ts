import { Cron } from 'croner';
import type { Scope } from '#lib/access/scope.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import type { Day } from '#lib/period/day.ts';
import { dispatch, type Dispatching } from './dispatch.ts';
import { dueSteps, type PlanMoment, type Step } from './due-steps.ts';
import type { Rounds } from './open.ts';
import { queueMails } from './outbox.ts';
import { planAhead, planOf, stepDone, stepTried } from './plan.ts';
import { remindOfRelease, type Administrator } from './reminders.ts';

/** What the plan is carried out with. `rounds` gives those that are served now: a backup may take their place. */
export type Works = Omit<Dispatching, 'signal'> & {
	rounds: () => Rounds;
	/** Whose units get their mails: every unit's. */
	scope: Scope;
	freeze: (round: string, instant: number, today: Day) => Promise<unknown>;
	/** Begins to make the reports, or goes on; whether it is under way is asked with `isMaking`. */
	make: (round: string, edition: number) => unknown;
	isMaking: (round: string, edition: number) => boolean;
	administrators: () => readonly Administrator[];
	/** Told of faults that the plan has no line for. */
	onError: (error: unknown) => void;
};

export type Schedule = {
	/** Does what is due, and sends what waits in the outbox; gives the steps taken. While awake it is not woken twice. */
	wake(): Promise<Step[]>;
	/** Sleeps for good: a mail that is going out is let go out first. */
	stop(): Promise<void>;
};

/**
 * Carries the plan out: at once, for what was missed while nobody was awake, and then every minute. What is due is
 * decided by dueSteps alone; the clockwork only wakes it up.
 */
export function schedule(works: Works): Schedule {
	const ending = new AbortController();
	let awake: Promise<Step[]> | undefined;
	const wake = () => {
		if (ending.signal.aborted) return Promise.resolve([]);
		awake ??= carryOut(works, ending.signal)
			.catch((error: unknown) => {
				works.onError(error);
				return [];
			})
			.finally(() => (awake = undefined));
		return awake;
	};
	const clockwork = new Cron('* * * * *', { timezone: 'Europe/Stockholm', unref: true }, async () => {
		await wake();
	});
	void wake();
	return {
		wake,
		async stop() {
			clockwork.stop();
			ending.abort();
			await awake;
		}
	};
}

async function carryOut(works: Works, signal: AbortSignal): Promise<Step[]> {
	const taken: Step[] = [];
	planAhead(works.rounds(), momentOf(works.now()).today);
	// a step may make the next one due: frozen, it can be made
	for (let before = -1; before !== taken.length && !signal.aborted;) {
		before = taken.length;
		const steps = dueSteps(plannedRounds(works), momentOf(works.now()));
		for (const step of steps.filter((due) => !taken.some((each) => isSame(each, due)))) {
			if (signal.aborted) break;
			await take(works, step);
			taken.push(step);
		}
	}
	await dispatch(works.rounds(), { ...works, signal });
	return taken;
}

const isSame = (a: Step, b: Step) => a.round === b.round && a.act === b.act && a.edition === b.edition;

const plannedRounds = ({ rounds, isMaking }: Works) =>
	planOf(rounds()).map((planned) => ({
		...planned,
		isMaking: planned.edition !== null && isMaking(planned.id, planned.edition)
	}));

function momentOf(instant: number): PlanMoment {
	const local = swedishTime(instant);
	return { today: local.slice(0, 10), hour: Number(local.slice(11, 13)), instant };
}

async function take(works: Works, step: Step): Promise<void> {
	const { rounds, now, scope, definition, freeze, make, administrators } = works;
	const { round, edition, act } = step;
	const instant = now();
	const { today } = momentOf(instant);
	try {
		if (act === 'freeze') await freeze(round, instant, today);
		else if (act === 'make') await make(round, edition);
		else if (act === 'queue') queueMails(scope, rounds(), definition, round, edition, instant);
		else remindOfRelease(rounds(), round, edition, administrators(), today, instant);
		// the making of a round has only begun: if it ends with a fault, it is not begun again at once
		if (act === 'make') stepTried(rounds(), step, null, instant);
		else stepDone(rounds(), step, today);
	} catch (error) {
		stepTried(rounds(), step, error instanceof Error ? error.message : String(error), instant);
	}
}
