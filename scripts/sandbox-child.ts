/**
 * The process in which SQL written by people is checked and run. It is started by
 * src/lib/server/notebook/sandbox-process.ts, without an environment and with limits that it cannot lift, and lies
 * here because a build does not carry such files along.
 *
 * Its one argument are its caps as JSON. In by standard input: frames of src/lib/server/notebook/frames.ts with what
 * sandbox-messages.ts calls Asked; out by standard output: such with what it calls Told.
 */
import { setPriority } from 'node:os';
import { frameParts, readingFrames } from '#lib/server/notebook/frames.ts';
import type { Asked, Told } from '#lib/server/notebook/sandbox-messages.ts';
import { beginWork, Broken, type WorkCaps } from '#lib/server/notebook/sandbox-work.ts';

/** Ends at once, also while DuckDB is at work: an orderly end would wait for it. */
const end = () => process.kill(process.pid, 'SIGKILL');

// the server is gone, however it went
process.stdin.on('end', end).on('close', end).on('error', end);
process.stdout.on('error', end);
if (Object.keys(process.env).length) throw new Error('A process of the sandbox has no environment.');
setPriority(10); // pages are served before

const tell = (told: Told, body?: Uint8Array) => {
	for (const part of frameParts(told, body)) process.stdout.write(part);
};

const caps = JSON.parse(process.argv[2] ?? '') as WorkCaps;
const work = await beginWork(caps, tell);
let last: Promise<void> = Promise.resolve();

const read = readingFrames(({ head }) => {
	const asked = head as Asked;
	if (asked.do === 'interrupt') {
		work.interrupt(asked.all);
		return;
	}
	last = last
		.then(() => (asked.do === 'inspect' ? work.inspect(asked.sqls) : work.ask(asked)))
		.catch((error: unknown) => {
			if (!(error instanceof Broken))
				tell({ said: 'impossible', reason: error instanceof Error ? error.message : String(error) });
			// what has been said is to arrive
			process.stdout.write('', end);
		});
}, Infinity);
process.stdin.on('data', read);
tell({ said: 'ready' });
