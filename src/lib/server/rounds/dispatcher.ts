import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { transaction, type Rounds } from './open.ts';

/** Longer than any mail takes to send: whoever was not seen for so long has stopped, and its number may be another's. */
const patience = 15 * 60_000;

/** The runs of this process, kept where a hot reload finds them. */
const ofProcess = globalThis as typeof globalThis & { bortfallDispatches?: Set<string> };
const runsHere = (ofProcess.bortfallDispatches ??= new Set());

const row = z.object({ pid: z.int(), run: z.string(), seenAt: z.int() });

/** That a run is the one that sends; `goesOn` says so again, in the middle of a transaction, and is false once it is not. */
export type Run = { goesOn(instant: number): boolean; end(): void };

/**
 * Begins to be the one that sends; undefined where another run of this process, or of one that lives, does. One that
 * was killed holds nobody up.
 */
export function beginRun(rounds: Rounds, instant: number): Run | undefined {
	const { db } = rounds;
	const run = randomUUID();
	const begun = transaction(rounds, () => {
		const found = db.prepare('select pid, run, seen_at as seenAt from dispatcher where id = 1').get();
		if (found && isHeld(row.parse(found), instant)) return false;
		db.prepare('insert or replace into dispatcher values (1, ?, ?, ?)').run(process.pid, run, instant);
		return true;
	});
	if (!begun) return undefined;
	runsHere.add(run);
	return {
		goesOn: (at) => db.prepare('update dispatcher set seen_at = ? where run = ?').run(at, run).changes === 1,
		end() {
			runsHere.delete(run);
			db.prepare('delete from dispatcher where run = ?').run(run);
		}
	};
}

function isHeld({ pid, run, seenAt }: z.infer<typeof row>, instant: number): boolean {
	if (pid === process.pid) return runsHere.has(run);
	return isAlive(pid) && instant - seenAt < patience;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
