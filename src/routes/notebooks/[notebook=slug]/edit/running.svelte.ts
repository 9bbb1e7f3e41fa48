import { runNotebook, type RunFailure } from './run-notebook.ts';
import { withStep, type RunAnswer, type RunQuestion, type StepShown } from './run-answer.ts';

/** After the last letter; and how long queries may take that are begun again without being asked for, ms. */
const pause = 350;
const fast = 1500;

/** The run of a notebook that is under way, and what the last one came to. */
export class Running {
	isRunning = $state(false);
	steps = $state.raw<readonly StepShown[]>([]);
	answer = $state.raw<RunAnswer>();
	/** Why the last run came to nothing. */
	failure = $state.raw<{ kind: RunFailure; said?: string | undefined }>();
	wasStopped = $state(false);
	/** How long the last run took, ms. */
	took = $state<number>();
	isAutomatic = $state(true);
	/** How long its queries took, ms, without those whose answers were kept. */
	readonly asked = $derived(
		this.steps.reduce((sum, { ms = 0, state }) => sum + (state === 'kept' ? 0 : ms), 0)
	);
	/** Whether a run of its own accord would take too long. */
	isSlow = $state(false);

	readonly #address: string;
	readonly #question: () => RunQuestion;
	#under: AbortController | undefined;
	#waiting: ReturnType<typeof setTimeout> | undefined;

	constructor(address: string, question: () => RunQuestion) {
		this.#address = address;
		this.#question = question;
	}

	/** Runs now; a run that is under way makes way for this one. */
	async run(): Promise<void> {
		clearTimeout(this.#waiting);
		this.#under?.abort();
		const own = new AbortController();
		this.#under = own;
		const begun = performance.now();
		this.isRunning = true;
		this.steps = [];
		const onStep = (step: StepShown) => {
			if (this.#under === own) this.steps = withStep(this.steps, step);
		};
		const end = await runNotebook(this.#address, this.#question(), { signal: own.signal, onStep });
		if (this.#under !== own) return;
		this.isRunning = false;
		this.wasStopped = 'stopped' in end;
		this.failure = 'failure' in end ? { kind: end.failure, said: end.said } : undefined;
		if (!('answer' in end)) return;
		this.took = performance.now() - begun;
		this.steps = end.answer.steps;
		this.answer = end.answer;
		// one that ran out of time does not say how long it took
		const ranOut = this.took > 4 * fast && this.steps.some(({ state }) => state === 'failed');
		this.isSlow = ranOut || this.asked > fast;
	}

	/** Runs a moment after typing stops, where runs are fast and nobody has turned it off. */
	soon(): void {
		clearTimeout(this.#waiting);
		if (this.isAutomatic && !this.isSlow) this.#waiting = setTimeout(() => void this.run(), pause);
	}

	stop(): void {
		clearTimeout(this.#waiting);
		this.#under?.abort();
	}
}
