import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { benchCookie } from './signed-in.ts';
import { quantile, megabytes, ms, type Line } from './table.ts';

const requests = 200;
/** Requests that are not counted: a server that has just started is still being compiled. */
const warmUp = 50;

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (address === null || typeof address === 'string') throw new Error('No free port.');
	return address.port;
}

export type Served = {
	origin: string;
	/** Asks as an administrator who is signed in. */
	ask: (path: string, init?: RequestInit) => Promise<Response>;
	peakBytes: () => Promise<number>;
	stop: () => Promise<void>;
};

/** Starts the built server on a data folder of its own. */
export async function serve(data: string, definition: string): Promise<Served> {
	const port = await freePort();
	const child = spawn(process.execPath, ['server.js'], {
		env: { ...process.env, BORTFALL_DATA: data, BORTFALL_REGISTER: definition, PORT: String(port) },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	await Promise.race([
		once(child.stdout, 'data'),
		once(child, 'exit').then(() => {
			throw new Error('The server did not start. Is there a build? npm run build');
		})
	]);
	const origin = `http://localhost:${port}`;
	const cookie = await benchCookie(data);
	return {
		origin,
		ask: (path, init) => fetch(origin + path, { ...init, headers: { ...init?.headers, cookie } }),
		async peakBytes() {
			const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
			return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024;
		},
		async stop() {
			child.kill('SIGTERM');
			await once(child, 'exit');
		}
	};
}

/** (c) Server time of a page, one request after the other, as its client sees it on the same machine. */
export async function pageLines(
	{ ask }: Served,
	paths: Record<string, string>,
	years: number,
	judged: ReadonlySet<string>
): Promise<Line[]> {
	const lines: Line[] = [];
	for (const [name, path] of Object.entries(paths)) {
		const durations: number[] = [];
		let size = 0;
		for (let n = 0; n < requests + warmUp; n++) {
			const start = performance.now();
			const response = await ask(path);
			const body = await response.arrayBuffer();
			if (response.status !== 200) throw new Error(`${path} answered ${response.status}.`);
			if (n >= warmUp) durations.push(performance.now() - start);
			size = body.byteLength;
		}
		const [p50, p95] = [quantile(durations, 0.5), quantile(durations, 0.95)];
		lines.push({
			what: `${name}, ${years === 1 ? 'one year' : `${years} years`} (${Math.round(size / 1024)} kB of HTML)`,
			value: `p50 ${ms(p50)}, p95 ${ms(p95)}`,
			...(years === 10 && judged.has(name) && { goal: 'p95 < 50 ms', met: p95 < 50 })
		});
	}
	return lines;
}

/** (e) The most memory that the server has had. */
export async function memoryLine(served: Served): Promise<Line> {
	const peak = await served.peakBytes();
	return {
		what: 'peak memory of the server through pages and submissions',
		value: megabytes(peak),
		goal: '≤ 1,536 MB',
		met: peak <= 1536 * 2 ** 20
	};
}
