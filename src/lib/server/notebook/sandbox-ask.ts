import { unfitText } from '#lib/notebook/gate.ts';
import type { SandboxPool } from './sandbox-pool.ts';
import { askTooSlow, SandboxBroken, talkAsk, type Progress } from './sandbox-talk.ts';
import type { Ask, Caps, Step } from './sandbox.ts';

/** The signal of an ask was aborted. */
export class Stopped extends Error {}

/**
 * Runs an ask: again, without the step that ended its process, when one did. Throws Stopped, and SandboxBroken when
 * processes end before they have done anything.
 */
export async function answerAsk(pool: SandboxPool, ask: Ask, caps: Caps): Promise<Progress['results']> {
	const { signal } = ask;
	const progress = begun(ask);
	for (let inVain = 0; inVain < 2;) {
		if (stepsLeft(ask, progress).length === 0) return progress.results;
		const before = knownOf(progress);
		const last = await round(pool, ask, progress, caps).catch((error: unknown) => {
			if (!signal?.aborted) throw error;
		});
		if (signal?.aborted) throw new Stopped('The question was taken back.');
		if (last === undefined || performance.now() >= progress.until) {
			for (const { name } of stepsLeft(ask, progress)) progress.results.set(name, askTooSlow(caps));
			return progress.results;
		}
		if (knownOf(progress) === before) inVain++;
	}
	throw new SandboxBroken('The sandbox does not stay alive.');
}

/** Runs what is left on one process. Gives why that ended; undefined when it has not. */
function round(pool: SandboxPool, ask: Ask, progress: Progress, caps: Caps): Promise<string | undefined> {
	const { results } = progress;
	const { snapshot, steps: all, who } = ask;
	const wish = { snapshot: JSON.stringify(snapshot), keys: all.map(({ key }) => key), who };
	return pool.lend(
		wish,
		async (member) => {
			if (ask.signal?.aborted) return undefined;
			// its time begins when it has a process, and goes on over all of them
			if (progress.until === Infinity) progress.until = performance.now() + caps.askSeconds * 1000;
			const steps = stepsLeft(ask, progress);
			const wanted = ask.wanted.filter((name) => !results.has(name));
			const failed = ask.steps.map(({ name }) => name).filter((name) => isFault(progress, name));
			return talkAsk(member, { ...ask, steps, wanted }, failed, progress, caps);
		},
		ask.signal
	);
}

function begun({ steps, onStep }: Ask): Progress {
	const told = new Set<string>();
	const results: Progress['results'] = new Map();
	for (const { name, sql } of steps) {
		const fault = unfitText(sql);
		if (fault !== undefined) results.set(name, { fault, line: null });
	}
	return {
		results,
		until: Infinity,
		running: undefined,
		done: new Set(),
		stumbles: new Map(),
		tellStep(name, state) {
			// a step that is made again because its process has ended is not told of again
			if (told.has(`${name} ${state}`)) return;
			told.add(`${name} ${state}`);
			onStep?.(name, state);
		}
	};
}

/** How much is known of an ask: it grows, or nothing has been got out of a process. */
const knownOf = ({ results, done, stumbles }: Progress) =>
	results.size + done.size + [...stumbles.values()].reduce((sum, each) => sum + each, 0);

function isFault({ results }: Progress, name: string): boolean {
	const result = results.get(name);
	return result !== undefined && 'fault' in result;
}

/** The steps that are still to be run: those of which nothing is known, and what they use. */
function stepsLeft({ steps, wanted }: Ask, progress: Progress): Step[] {
	const { results, done } = progress;
	const isKnown = (name: string) => results.has(name) || (done.has(name) && !wanted.includes(name));
	const needed = new Set(steps.map(({ name }) => name).filter((name) => !isKnown(name)));
	for (const step of steps.toReversed())
		if (needed.has(step.name)) for (const name of step.uses) needed.add(name);
	return steps.filter(({ name }) => needed.has(name) && !isFault(progress, name));
}
