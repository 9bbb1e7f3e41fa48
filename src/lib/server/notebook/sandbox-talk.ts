import type { Inspection, SqlFault } from '#lib/notebook/gate.ts';
import type { Asked, Told } from './sandbox-messages.ts';
import type { Member } from './sandbox-pool.ts';
import type { Answer, Ask, Caps } from './sandbox.ts';

/** After an interruption that is not heard a process is killed, in milliseconds. */
const patience = 1000;

/** A text is parsed within so many milliseconds, or its process is killed. */
const parsing = 5000;

/** The process could not do what it was asked: the program or the machine is wrong, not the SQL. */
export class SandboxBroken extends Error {}

/** What is known of an ask so far. */
export type Progress = {
	results: Map<string, Answer | SqlFault>;
	/** When it has to be over, by performance.now(). */
	until: number;
	/** The last step that was begun and has neither ended nor failed. */
	running: string | undefined;
	/** How often a step has made DuckDB stumble, by its name: now and then it does so over what it can do. */
	stumbles: Map<string, number>;
	/** Names of the steps that have been run. */
	done: Set<string>;
	tellStep(name: string, state: 'running' | 'done' | 'failed'): void;
};

/**
 * Says something to a process and hears what it answers, until `hear` has heard enough. Gives undefined then, and
 * when the process ends before that, what it last said of itself.
 */
function talk(
	{ process }: Member,
	asked: Asked,
	hear: (said: Told, body: Uint8Array) => boolean
): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		process.listen({
			told(said, body) {
				if (said.said === 'impossible') reject(new SandboxBroken(said.reason));
				else if (hear(said, body)) resolve(undefined);
			},
			ended: resolve
		});
		process.say(asked);
	});
}

/** Checks texts in their order, as many as the process lives to. Gives why it ended; undefined when it has not. */
export async function talkInspect(
	member: Member,
	sqls: readonly string[],
	found: Inspection[]
): Promise<string | undefined> {
	const all = found.length + sqls.length;
	let timer: NodeJS.Timeout | undefined;
	const watch = () => {
		clearTimeout(timer);
		timer = setTimeout(member.process.kill, parsing);
	};
	watch();
	try {
		return await talk(member, { do: 'inspect', sqls }, (said) => {
			watch();
			if (said.said === 'inspected') found.push({ uses: said.uses });
			if (said.said === 'refused') found.push({ fault: said.fault, line: said.line });
			return found.length === all;
		});
	} finally {
		clearTimeout(timer);
	}
}

/** Runs the steps of an ask. Gives why the process ended; undefined when it has not. */
export async function talkAsk(
	member: Member,
	{ snapshot, given, steps, wanted, signal }: Ask,
	failed: readonly string[],
	progress: Progress,
	caps: Caps
): Promise<string | undefined> {
	const { results, tellStep } = progress;
	const { process } = member;
	let stopped: 'step' | 'ask' | 'taken back' | undefined;
	let stepTimer: NodeJS.Timeout | undefined;
	let killTimer: NodeJS.Timeout | undefined;
	const stop = (why: typeof stopped) => {
		stopped = why;
		process.say({ do: 'interrupt', all: why !== 'step' });
		clearTimeout(killTimer);
		killTimer = setTimeout(process.kill, patience);
	};
	const ended = (name: string, fault?: SqlFault) => {
		clearTimeout(stepTimer);
		if (stopped === 'step') {
			clearTimeout(killTimer);
			stopped = undefined;
		}
		progress.running = undefined;
		if (fault) results.set(name, fault);
		else progress.done.add(name);
		tellStep(name, fault ? 'failed' : 'done');
	};
	const slow = (): SqlFault => (stopped === 'ask' ? askTooSlow(caps) : stepTooSlow(caps));
	const onAbort = () => stop('taken back');
	signal?.addEventListener('abort', onAbort, { once: true });
	const askTimer = setTimeout(stop, progress.until - performance.now(), 'ask');
	try {
		const open = JSON.stringify(snapshot);
		const keeps = (key: string) => member.snapshot === open && member.kept.has(key);
		const sent = given.map(({ name, key, table }) => ({ name, key, table: keeps(key) ? null : table }));
		member.snapshot = open;
		const last = await talk(
			member,
			{ do: 'ask', snapshot, given: sent, steps, wanted, failed },
			(said, body) => {
				if (said.said === 'running') {
					progress.running = said.name;
					clearTimeout(stepTimer);
					if (!stopped) stepTimer = setTimeout(stop, caps.seconds * 1000, 'step');
					if (!said.isKept) tellStep(said.name, 'running');
				}
				if (said.said === 'answer') {
					const { columns, rows, isCut, ms } = said;
					results.set(said.name, { columns, rows, isCut, ms, arrow: body });
				}
				if (said.said === 'done') ended(said.name);
				if (said.said === 'failed' && said.isBroken && mayTryAgain(said.name, progress))
					progress.running = undefined;
				else if (said.said === 'failed')
					ended(said.name, said.isInterrupted ? slow() : { fault: said.fault, line: said.line });
				if (said.said !== 'finished') return false;
				member.kept = new Set(said.kept);
				return true;
			}
		);
		if (last !== undefined && progress.running !== undefined)
			ended(progress.running, stopped ? slow() : processEnded);
		return last;
	} finally {
		clearTimeout(stepTimer);
		clearTimeout(killTimer);
		clearTimeout(askTimer);
		signal?.removeEventListener('abort', onAbort);
	}
}

/** Counts a stumble, and tells whether the step is to be run once more in another process. */
function mayTryAgain(name: string, { stumbles }: Progress): boolean {
	const before = stumbles.get(name) ?? 0;
	stumbles.set(name, before + 1);
	return before < mostStumbles;
}

/** count(*) over () fails once in sixty times on two threads in DuckDB 1.5.5, and takes the whole database down. */
const mostStumbles = 2;

const stepTooSlow = ({ seconds }: Caps): SqlFault => ({
	fault: `this took longer than ${seconds} seconds and was stopped: ask for less, or in steps`,
	line: null
});

/** What is said of a step for which no time was left. */
export const askTooSlow = ({ askSeconds }: Caps): SqlFault => ({
	fault: `all SQL of the notebook together took longer than ${askSeconds} seconds: this was not run to its end`,
	line: null
});

const processEnded: SqlFault = {
	fault: 'this ended the process in which it ran, most likely for want of memory: ask for less, or in steps',
	line: null
};

/** What is said of a text that no process lived to read. */
export const unreadable: SqlFault = {
	fault: 'this ended the process that was to read it: write it more simply',
	line: null
};
