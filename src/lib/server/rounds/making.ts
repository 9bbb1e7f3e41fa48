import type { Definition } from '#lib/catalogue/catalogue.ts';
import { createPdfPool, type PdfPool } from '#lib/server/export/pdf-pool.ts';
import { begunEditions, countsOf, makeReports, markMaking, type MadeSoFar } from './make.ts';
import type { Rounds } from './open.ts';

/**
 * How far the making of an edition has come, in files; the time left from the pace so far, null while that is not
 * known. `fault` is what ended it, when something did.
 */
export type Progress = MadeSoFar & { secondsLeft: number | null; underWay: boolean; fault: string | null };

/** The one job of a process that makes reports: editions one after the other. */
export type MakingJob = {
	/** Has an edition made: now, or after those that are under way. It goes on whoever looks, and after a restart. */
	start(round: string, edition: number): void;
	/** Undefined for an edition that there is not. */
	progress(round: string, edition: number): Progress | undefined;
	/** Goes on with what was begun before the process was started. */
	goOn(): void;
	/** Ends the job as soon as the reports that are under way are made; the rest waits for goOn. */
	stop(): Promise<void>;
};

type MakingOptions = {
	/** The rounds and the register that are served now: a backup may take their place. */
	rounds: () => Rounds;
	register: () => Promise<{ definition: Definition }>;
	now: () => number;
	/** Threads for one job, which it closes; so that an idle server has none. */
	pool?: () => PdfPool;
	/** Told of what ended a making: the versions have changed, the disk is full. */
	onError?: (error: unknown) => void;
};

type Job = { round: string; edition: number; begunAt: number | null; doneBefore: number };

/** Two threads: more would not be faster on the machines that this is made for. */
const threads = () => createPdfPool(2);

/** Makes a process' one job of making reports. */
export function making({ rounds, register, now, pool = threads, onError }: MakingOptions): MakingJob {
	const waiting: Job[] = [];
	const faults = new Map<string, string>();
	const ending = new AbortController();
	let current: Job | undefined;
	let running: Promise<void> | undefined;

	const make = async (job: Job) => {
		const { round, edition } = job;
		const set = pool();
		try {
			await makeReports(await register(), rounds(), round, edition, {
				pool: set,
				signal: ending.signal,
				now,
				told: ({ done }) => {
					if (job.begunAt !== null) return;
					job.begunAt = performance.now();
					job.doneBefore = done;
				}
			});
		} catch (error) {
			// it does not begin again by itself with the next start
			markMaking(rounds(), round, edition, false);
			faults.set(keyOf(job), error instanceof Error ? error.message : String(error));
			onError?.(error);
		} finally {
			await set.close();
		}
	};
	const run = async () => {
		for (let job = waiting.shift(); job && !ending.signal.aborted; job = waiting.shift()) {
			current = job;
			await make(job).finally(() => (current = undefined));
		}
	};
	const find = (round: string, edition: number) =>
		[...(current ? [current] : []), ...waiting].find((job) => job.round === round && job.edition === edition);

	const start = (round: string, edition: number) => {
		if (ending.signal.aborted || find(round, edition)) return;
		faults.delete(keyOf({ round, edition }));
		markMaking(rounds(), round, edition, true);
		waiting.push({ round, edition, begunAt: null, doneBefore: 0 });
		running ??= run().finally(() => (running = undefined));
	};
	return {
		start,
		progress(round, edition) {
			const counts = countsOf(rounds(), round, edition);
			const job = find(round, edition);
			if (!job && counts.total === 0) return undefined;
			return {
				...counts,
				secondsLeft: job ? secondsLeft(job, counts) : null,
				underWay: job !== undefined,
				fault: faults.get(keyOf({ round, edition })) ?? null
			};
		},
		goOn() {
			for (const { round, number } of begunEditions(rounds())) start(round, number);
		},
		async stop() {
			ending.abort();
			await running;
		}
	};
}

const keyOf = ({ round, edition }: Pick<Job, 'round' | 'edition'>) => `${round} ${edition}`;

/** What is left by the pace since the job was begun; not before a few reports are made, which start the threads. */
export function secondsLeft({ begunAt, doneBefore }: Job, { done, total }: MadeSoFar): number | null {
	const made = done - doneBefore;
	if (begunAt === null || made < leastMade) return null;
	const seconds = (performance.now() - begunAt) / 1000;
	return Math.ceil((seconds / made) * (total - done));
}

const leastMade = 8;
