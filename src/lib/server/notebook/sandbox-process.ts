import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { frameParts, readingFrames } from './frames.ts';
import { told, type Asked, type Told } from './sandbox-messages.ts';
import type { WorkCaps } from './sandbox-work.ts';

/** A process of the sandbox, from its start to its end. */
export type SandboxProcess = {
	readonly pid: number | undefined;
	say(asked: Asked): void;
	/** Who is told what the process says from now on, and when it has ended, with what it last wrote of itself. */
	listen(listener: Listener): void;
	/** Ends it at once. `ended` is called then, too. */
	kill(): void;
	/** Whether the program goes on running for its sake. */
	hold(isHeld: boolean): void;
	/** Fulfilled when it has ended, whatever the reason. */
	readonly ended: Promise<void>;
};

export type Listener = { told(said: Told, body: Uint8Array): void; ended(last: string): void };

/**
 * What Node 24 and DuckDB 1.5 reserve of addresses before they have asked anything, in kilobytes: they do not start
 * with less than 1,700,000 and reach 1,810,000.
 */
const reserved = 2_000_000;

/**
 * Node's WebAssembly, which takes the types out of our scripts, would reserve four gigabytes of addresses and eight
 * more as a guard; each thread of V8's own, a hundred megabytes.
 */
const frugal = ['--disable-wasm-trap-handler', '--wasm-max-mem-pages=2048', '--v8-pool-size=1'];

/** Longer than any answer may be. In bytes. */
const longestFrame = 500_000_000;

/** An answer is cut before it is so much; what V8 may take for making it, in megabytes. */
const heap = 600;

/**
 * Starts a process of the sandbox: without an environment, without a file that it could write, core files included,
 * and with so much memory and no more. It ends when this one does.
 */
export function startSandboxProcess(caps: WorkCaps): SandboxProcess {
	// half as much again, for what DuckDB does not count towards its own limit
	const addresses = reserved + Math.max(400_000, caps.memory * 1500);
	const child = spawn(
		'/bin/sh',
		[
			'-c',
			`ulimit -c 0 && ulimit -f 0 && ulimit -v ${addresses} && exec /usr/bin/env -i "$0" "$@"`,
			process.execPath,
			`--max-old-space-size=${heap}`,
			...frugal,
			join(projectRoot(), 'scripts/sandbox-child.ts'),
			JSON.stringify(caps)
		],
		{ env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] }
	);
	let listener: Listener | undefined;
	let last = '';
	let hasEnded = false;
	const { promise: ended, resolve } = Promise.withResolvers<void>();
	const end = (why: string) => {
		if (hasEnded) return;
		hasEnded = true;
		child.kill('SIGKILL');
		listener?.ended(why);
		resolve();
	};
	child.on('error', (error) => end(error.message));
	child.on('close', (code, signal) => end(`${last.trim()} (${signal ?? code})`.trim()));
	child.stderr.on('data', (bytes: Buffer) => {
		last = (last + bytes.toString()).slice(-1000);
	});
	// what is said to a process that has just ended is lost, and its end is told anyhow
	child.stdin.on('error', () => undefined);
	const read = readingFrames(({ head, body }) => listener?.told(told.parse(head), body), longestFrame);
	child.stdout.on('data', (bytes: Buffer) => {
		try {
			read(bytes);
		} catch (error) {
			end(error instanceof Error ? error.message : String(error));
		}
	});
	const parts = [child, child.stdin, child.stdout, child.stderr] as {
		ref?: () => unknown;
		unref?: () => unknown;
	}[];
	return {
		pid: child.pid,
		ended,
		say(asked) {
			for (const part of frameParts(asked)) child.stdin.write(part);
		},
		listen(next) {
			listener = next;
			if (hasEnded) next.ended(last);
		},
		kill: () => void child.kill('SIGKILL'),
		hold(isHeld) {
			for (const part of parts) (isHeld ? part.ref : part.unref)?.call(part);
		}
	};
}
