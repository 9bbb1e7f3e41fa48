import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import type { WorkCaps } from './sandbox-work.ts';

/** A process of the pool: the snapshot that it has open, and the keys of what it keeps. */
export type Member = { process: SandboxProcess; snapshot: string; kept: ReadonlySet<string> };

/**
 * Which process would be best: one with this snapshot open, and with as many of these keys as possible. `who` asks:
 * one of them never has all processes, so that nobody waits for the long queries of another.
 */
export type Wish = { snapshot: string; keys: readonly string[]; who?: string | undefined };

/** Processes that are lent to one piece of work each, and kept warm between. One that has ended is replaced. */
export type SandboxPool = {
	/** Waits for a process. Rejects when the signal is aborted while it waits, and when the pool is closed. */
	lend<T>(wish: Wish, work: (member: Member) => Promise<T>, signal?: AbortSignal): Promise<T>;
	/** Processes that are there just now. */
	pids(): number[];
	close(): Promise<void>;
};

/** Nothing more is asked. */
export class PoolClosed extends Error {}

/** The first work starts the processes. */
export function openPool(size: number, caps: WorkCaps): SandboxPool {
	const idle = new Set<Member>();
	const all = new Set<Member>();
	const waiting: { wish: Wish; take: (member: Member) => void; refuse: (error: Error) => void }[] = [];
	/** How many processes somebody has just now. */
	const lent = new Map<string, number>();
	const most = Math.max(1, size - 1);
	let isClosed = false;

	const count = (who: string | undefined, change: 1 | -1) => {
		if (who === undefined) return;
		const now = (lent.get(who) ?? 0) + change;
		if (now > 0) lent.set(who, now);
		else lent.delete(who);
	};
	const mayHave = ({ wish: { who } }: { wish: Wish }) => who === undefined || (lent.get(who) ?? 0) < most;

	const fill = () => {
		for (let missing = isClosed ? 0 : size - all.size; missing > 0; missing--) {
			const member: Member = { process: startSandboxProcess(caps), snapshot: 'null', kept: new Set() };
			member.process.hold(false);
			all.add(member);
			idle.add(member);
			void member.process.ended.then(() => {
				all.delete(member);
				idle.delete(member);
			});
		}
	};

	const give = () => {
		if (waiting.length) fill();
		while (idle.size) {
			const place = waiting.findIndex(mayHave);
			const [next] = place < 0 ? [] : waiting.splice(place, 1);
			if (!next) return;
			const member = bestOf(idle, next.wish);
			idle.delete(member);
			count(next.wish.who, 1);
			next.take(member);
		}
	};

	const borrow = (wish: Wish, signal: AbortSignal | undefined) =>
		new Promise<Member>((take, refuse) => {
			const entry = { wish, take, refuse };
			waiting.push(entry);
			signal?.addEventListener(
				'abort',
				() => {
					const place = waiting.indexOf(entry);
					if (place < 0) return;
					waiting.splice(place, 1);
					refuse(new Error('The question was taken back.'));
				},
				{ once: true }
			);
			give();
		});

	return {
		async lend(wish, work, signal) {
			if (isClosed) throw new PoolClosed('The sandbox is closed.');
			const member = await borrow(wish, signal);
			member.process.hold(true);
			try {
				const done = await work(member);
				// a process that was ended with the pool says nothing of the work that it had
				if (isClosed) throw new PoolClosed('The sandbox is closed.');
				return done;
			} finally {
				member.process.hold(false);
				count(wish.who, -1);
				if (all.has(member)) idle.add(member);
				else fill(); // the one that has ended is to be warm again when it is needed
				give();
			}
		},
		pids: () => [...all].flatMap(({ process: { pid } }) => pid ?? []),
		async close() {
			isClosed = true;
			for (const { refuse } of waiting.splice(0)) refuse(new PoolClosed('The sandbox is closed.'));
			await Promise.all(
				[...all].map(({ process }) => {
					process.hold(true); // its end is waited for
					process.kill();
					return process.ended;
				})
			);
		}
	};
}

/** The one with the snapshot and most of the keys; else one that has nothing open that another ask could want. */
function bestOf(idle: ReadonlySet<Member>, { snapshot, keys }: Wish): Member {
	const worth = (member: Member) => {
		if (member.snapshot !== snapshot) return member.kept.size === 0 ? 0 : -1;
		return 1 + keys.filter((key) => member.kept.has(key)).length;
	};
	const [best] = [...idle].toSorted((a, b) => worth(b) - worth(a));
	if (!best) throw new Error('No process is idle.');
	return best;
}
