import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { openSandbox, Stopped } from '#lib/server/notebook/sandbox.ts';
import { asking } from './sandbox-asks.ts';

const sandbox = openSandbox({ seconds: 20, memory: 100, rows: 1000 });
afterAll(() => sandbox.close());

const endless = 'select count(*) as n from range(100000000000) a where hash(a.range) % 7 = 3';
const ask = (who: string, sql: string, signal?: AbortSignal) =>
	sandbox.ask({ ...asking({ a: sql }), who, signal });

test('many long queries of one person keep nobody else waiting', async () => {
	const gone = new AbortController();
	const long = Array.from({ length: 5 }, (_, at) => ask('erik', `${endless} and ${at} >= 0`, gone.signal));
	const ends = Promise.all(long.map((each) => expect(each).rejects.toBeInstanceOf(Stopped)));
	const begun = performance.now();
	await ask('karin', 'select 1 as n');
	await ask('karin', 'select 2 as n');
	expect(performance.now() - begun).toBeLessThan(10_000);
	gone.abort();
	await ends;
	// whoever had too many before is answered again
	expect((await ask('erik', 'select 3 as n')).get('a')).toMatchObject({ rows: 1 });
});

test.runIf(process.platform === 'linux')('the processes of SQL give way to the program', async () => {
	await ask('karin', 'select 1 as n');
	const nice = (pid: number) =>
		Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16]);
	for (const pid of sandbox.pids()) expect(nice(pid)).toBeGreaterThanOrEqual(10);
});
