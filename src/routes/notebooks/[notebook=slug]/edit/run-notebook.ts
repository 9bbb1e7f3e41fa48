import { jsonLines } from './json-lines.ts';
import type { RunAnswer, RunLine, RunQuestion, StepShown } from './run-answer.ts';

/** Why a run came to nothing: each has its own words. */
export type RunFailure = 'connection' | 'signedOut' | 'tooLarge' | 'tooMany' | 'ours';

/** What a run came to: an answer, or that it was stopped, or why it failed (`said` in the server's words). */
export type RunEnd = { answer: RunAnswer } | { stopped: true } | { failure: RunFailure; said?: string };

const byStatus: Record<number, RunFailure> = { 401: 'signedOut', 413: 'tooLarge', 429: 'tooMany' };

/**
 * Has the server run a notebook, and tells of each of its steps on the way. Never rejects: what goes wrong is an end
 * too. Aborting `signal` stops the queries on the server.
 */
export async function runNotebook(
	address: string,
	question: RunQuestion,
	{ signal, onStep }: { signal: AbortSignal; onStep: (step: StepShown) => void }
): Promise<RunEnd> {
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(question),
			signal
		});
		if (!response.ok || !response.body) {
			const told: { message?: string } = await response.json().catch(() => ({}));
			const said = response.status === 400 ? told.message : undefined;
			return { failure: byStatus[response.status] ?? 'ours', ...(said && { said }) };
		}
		for await (const line of jsonLines(response.body) as AsyncGenerator<RunLine>) {
			if ('step' in line) onStep(line.step);
			else if ('stopped' in line) return { stopped: true };
			else if ('failed' in line) return { failure: 'ours', said: line.failed };
			else return { answer: line };
		}
		return { failure: 'connection' };
	} catch {
		return signal.aborted ? { stopped: true } : { failure: 'connection' };
	}
}
