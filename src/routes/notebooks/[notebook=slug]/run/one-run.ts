/** What runs at the moment, by account and notebook; kept where a hot reload of this module finds it again. */
const kept = globalThis as typeof globalThis & { bortfallRuns?: Map<string, AbortController> };
const running = (kept.bortfallRuns ??= new Map<string, AbortController>());

/**
 * Begins a run that the one before it with the same key makes way for: whoever types on does not wait for what they
 * no longer want to see. `end` is to be called when it has come to its end.
 */
export function beginRun(key: string, ended: AbortSignal): { signal: AbortSignal; end: () => void } {
	running.get(key)?.abort();
	const own = new AbortController();
	running.set(key, own);
	return {
		signal: AbortSignal.any([own.signal, ended]),
		end: () => {
			if (running.get(key) === own) running.delete(key);
		}
	};
}
