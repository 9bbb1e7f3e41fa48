import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { openSandbox, Stopped, type SnapshotFiles } from '#lib/server/notebook/sandbox.ts';
import { capped, refused, type Hostile } from './hostile-sql.ts';
import { parameter, sampleSnapshot } from './sample-snapshot.ts';
import { asking, resultOf } from './sandbox-asks.ts';

const sandbox = openSandbox({ seconds: 0.8, memory: 100, rows: 1000 });
let folder: string;
let snapshot: SnapshotFiles;
const secret = 'a secret that nobody is to read';

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
	snapshot = await sampleSnapshot(folder);
	await writeFile(join(folder, 'secret.csv'), secret);
});
afterAll(async () => {
	await sandbox.close();
	await rm(folder, { recursive: true });
});

const placed = ({ sql }: Hostile) =>
	sql.replaceAll('{secret}', join(folder, 'secret.csv')).replaceAll('{folder}', folder);

/** The rows of one question. Throws what is wrong with it. */
async function rows(sql: string, asked = sandbox) {
	const result = resultOf(await asked.ask(asking({ a: sql }, snapshot)));
	if ('fault' in result) throw new Error(result.fault);
	return rowsOfArrow(result.arrow).rows;
}

describe('hostile SQL', () => {
	test('there are at least 110 hostile texts, each another', () => {
		const all = [...refused, ...capped].map(({ sql }) => sql);
		expect(all.length).toBeGreaterThanOrEqual(110);
		expect(new Set(all).size).toBe(all.length);
	});

	test('what could leak, write or hide is refused with a sentence, and none of it ends a process', async () => {
		await rows('select 1 as n');
		const before = sandbox.pids();
		const found = await sandbox.inspect(refused.map(placed));
		const through = refused.filter((_, at) => {
			const inspected = found[at];
			return !inspected || !('fault' in inspected) || !/\w{3}/.test(inspected.fault);
		});
		expect(through).toEqual([]);
		expect(JSON.stringify(found)).not.toContain(secret);
		expect(sandbox.pids()).toEqual(before);
		expect(await rows('select 2 as n')).toEqual([{ n: 2 }]);
	});

	test('what is refused is not run either when it is asked at once', async () => {
		const few = refused.filter(({ name }) => / [12]$/.test(name));
		const results = await sandbox.ask(
			asking(Object.fromEntries(few.map((each, at) => [`step_${at}`, placed(each)])), snapshot)
		);
		expect(results.size).toBe(few.length);
		for (const [name, result] of results) expect(result, name).toHaveProperty('fault');
	});

	test('what is endless, gigantic or makes DuckDB stumble ends within its caps, and the next question is answered', async () => {
		const one = async (each: Hostile) => {
			const began = performance.now();
			const result = resultOf(await sandbox.ask(asking({ a: placed(each) }, snapshot)));
			if (each.name.startsWith('makes DuckDB stumble')) expect(result, each.name).toBeDefined();
			else expect(result, each.name).toHaveProperty('fault');
			if ('fault' in result) expect(result.fault, each.name).toMatch(/\w+ \w+/);
			expect(performance.now() - began, each.name).toBeLessThan(12_000);
			expect(await rows('select 3 as n'), each.name).toEqual([{ n: 3 }]);
		};
		const waiting = [...capped];
		const line = async () => {
			for (let each = waiting.shift(); each; each = waiting.shift()) await one(each);
		};
		await Promise.all([line(), line()]);
	}, 60_000);

	test('a table that there is not is told, with the one that was meant', async () => {
		const { fault, line } = { line: null, fault: '', ...(await faultOf('select *\nfrom brith')) };
		expect({ fault, line }).toEqual({ fault: 'there is no table brith; did you mean birth?', line: 2 });
		expect(await faultOf('select a.name,\n bw\nfrom birth a')).toEqual({
			fault: expect.stringContaining('column'),
			line: 1
		});
		expect(await faultOf(`select 1,\n2,\n'x'::integer`)).toMatchObject({ line: 3 });
		expect(await faultOf(`select år from birth`)).toMatchObject({
			fault: expect.not.stringContaining('select år')
		});
	});

	const faultOf = async (sql: string) => resultOf(await sandbox.ask(asking({ a: sql }, snapshot)));
});

describe('a process of the sandbox', () => {
	const status = (pid: number, file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8');

	test('has no environment, writes no file, leaves no core, and has so many addresses and no more', async () => {
		await rows('select 1 as n');
		for (const pid of sandbox.pids()) {
			expect(status(pid, 'environ')).toBe('');
			const limits = status(pid, 'limits');
			expect(limits).toMatch(/Max file size +0 +0 /);
			expect(limits).toMatch(/Max core file size +0 +0 /);
			const addresses = Number(/Max address space +(\d+)/.exec(limits)?.[1]);
			expect(addresses).toBeGreaterThan(1e9);
			expect(addresses).toBeLessThan(3e9);
		}
	});

	test('has no file of the server’s open, only those of the snapshot', async () => {
		await rows('select count(*) as n from unit, (select 1 from birth limit 1) b');
		for (const pid of sandbox.pids()) {
			const files = readdirSync(`/proc/${pid}/fd`)
				.map((fd) => (existsSync(`/proc/${pid}/fd/${fd}`) ? readlinkSync(`/proc/${pid}/fd/${fd}`) : ''))
				.filter((file) => file.startsWith('/') && file !== '/dev/null');
			expect([snapshot.births, snapshot.figures]).toEqual(expect.arrayContaining(files));
		}
	});

	test('has written nothing beside the snapshot', () => {
		expect(readdirSync(folder).sort()).toEqual(['births.duckdb', 'figures.duckdb', 'secret.csv']);
	});

	test('does not grow over fifty questions', async () => {
		const big = 'select range as n, md5(range::varchar) as t from range(5000)';
		const ask = (at: number) => rows(`${big} where range <> ${at}`);
		for (let at = 0; at < 10; at++) await ask(at);
		const memory = () =>
			Math.max(...sandbox.pids().map((pid) => Number(/VmRSS:\s+(\d+)/.exec(status(pid, 'status'))?.[1])));
		const before = memory();
		for (let at = 10; at < 60; at++) await ask(at);
		// in kilobytes; what is kept of earlier questions is bounded, and dropped before what is asked now
		expect(memory() - before).toBeLessThan(150_000);
	});

	test('that dies fails its own question only, and is replaced', async () => {
		const own = openSandbox({ memory: 100 });
		try {
			await rows('select 1 as n', own);
			const before = own.pids();
			const running = Promise.withResolvers<void>();
			const endless = asking({ a: 'select count(*) as n from range(1000000000000)' }, snapshot);
			const slow = own.ask({ ...endless, onStep: () => running.resolve() });
			await running.promise;
			for (const each of own.pids()) process.kill(each, 'SIGKILL');
			const other = rows('select 4 as n', own);
			expect(resultOf(await slow)).toEqual({
				fault: expect.stringContaining('ended the process'),
				line: null
			});
			expect(await other).toEqual([{ n: 4 }]);
			expect(own.pids().filter((pid) => before.includes(pid))).toEqual([]);
		} finally {
			await own.close();
		}
	});

	test('ends when the server is killed, also in the middle of a question', async () => {
		const server = spawn(
			process.execPath,
			[
				'--input-type=module',
				'-e',
				`const { openSandbox } = await import(${JSON.stringify(join(projectRoot(), 'src/lib/server/notebook/sandbox.ts'))});
				const sandbox = openSandbox();
				await sandbox.inspect(['select 1']);
				const sql = 'select count(*) from range(1000000000000)';
				sandbox.ask({ snapshot: null, given: [], steps: [{ name: 'a', key: 'a', sql, uses: [] }], wanted: ['a'],
					onStep: () => console.log(sandbox.pids().join(' ')) });`
			],
			{ stdio: ['ignore', 'pipe', 'inherit'] }
		);
		const said = await new Promise<string>((resolve) =>
			server.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString()))
		);
		const pids = said.trim().split(' ').map(Number);
		expect(pids).toHaveLength(2);
		for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(true);
		server.kill('SIGKILL');
		await expect.poll(() => pids.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 5000 }).toEqual([]);
	});

	test('is ended by close', async () => {
		const short = openSandbox({ memory: 100 });
		const endless = asking({ a: 'select count(*) as n from range(1000000000000)' });
		const running = Promise.withResolvers<void>();
		const answer = short.ask({ ...endless, onStep: () => running.resolve() }).catch(String);
		await running.promise;
		const pids = short.pids();
		await short.close();
		expect(await answer).toContain('closed');
		expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
		await expect(short.inspect(['select 1'])).rejects.toThrow('closed');
	});

	test('does not keep a program from ending', () => {
		const sandboxModule = JSON.stringify(join(projectRoot(), 'src/lib/server/notebook/sandbox.ts'));
		const said = execFileSync(
			process.execPath,
			[
				'--input-type=module',
				'-e',
				`const { openSandbox } = await import(${sandboxModule});
				console.log(JSON.stringify(await openSandbox().inspect(['from unit'])));`
			],
			{ encoding: 'utf8', timeout: 20_000 }
		);
		expect(JSON.parse(said)).toEqual([{ uses: ['unit'] }]);
	});
});

describe('an ask', () => {
	test('runs steps over each other, over given tables and over the snapshot', async () => {
		const told: string[] = [];
		const results = await sandbox.ask({
			...asking(
				{
					first: 'select unit.* from unit join parameter using (unit)',
					second: 'select count(*) as n from first'
				},
				snapshot,
				{ parameter }
			),
			onStep: (name, state) => void told.push(`${name} ${state}`)
		});
		expect(results.get('second')).toMatchObject({
			columns: [{ name: 'n', type: 'integer' }],
			rows: 1,
			isCut: false
		});
		expect(told).toEqual(['first running', 'first done', 'second running', 'second done']);
	});

	test('keeps results by their keys and makes only what is new', async () => {
		const running: string[] = [];
		const onStep = (name: string, state: string) => void (state === 'running' && running.push(name));
		const sql = { kept: 'select sum(births) as n from cube_birth', more: 'select n + 1 as n from kept' };
		await sandbox.ask({ ...asking(sql, snapshot), onStep });
		await sandbox.ask({ ...asking({ ...sql, more: 'select n + 2 as n from kept' }, snapshot), onStep });
		expect(running).toEqual(['kept', 'more', 'more']);
	});

	test('tells the fault of one step, and what waits for it, and runs the others', async () => {
		const results = await sandbox.ask(
			asking({ bad: 'select nam from unit', waits: 'select * from bad', good: 'select 1 as n' }, snapshot)
		);
		expect(results.get('bad')).toMatchObject({ fault: 'there is no column nam; did you mean name?' });
		expect(results.get('waits')).toMatchObject({ fault: 'this waits for bad, which has no result' });
		expect(results.get('good')).toMatchObject({ rows: 1 });
	});

	test('runs what comes after a step that took too long', async () => {
		const results = await sandbox.ask(
			asking({ slow: 'select count(*) as n from range(1000000000000)', good: 'select 1 as n' }, snapshot)
		);
		expect(results.get('slow')).toMatchObject({ fault: expect.stringContaining('0.8 seconds') });
		expect(results.get('good')).toMatchObject({ rows: 1 });
	});

	test('is cut at the cap of rows, and says so', async () => {
		const result = resultOf(await sandbox.ask(asking({ a: 'select range as n from range(1001)' })));
		expect(result).toMatchObject({ rows: 1000, isCut: true });
	});

	test('of one snapshot never sees the tables of another, nor those given before', async () => {
		await sandbox.ask(asking({ first: 'select * from parameter' }, snapshot, { parameter }));
		for (const sql of ['from unit', 'from first', 'from parameter', 'from birth']) {
			const result = resultOf(await sandbox.ask(asking({ a: sql })));
			expect(result, sql).toMatchObject({ fault: expect.stringContaining('there is no table') });
		}
	});

	test('without births has no births', async () => {
		const result = resultOf(await sandbox.ask(asking({ a: 'from birth' }, { ...snapshot, births: null })));
		expect(result).toMatchObject({ fault: expect.stringContaining('there is no table birth') });
	});

	test('that is aborted stops, also while it waits, and leaves the sandbox free', async () => {
		const slow = 'select count(*) as n from range(1000000000000)';
		const controllers = [new AbortController(), new AbortController(), new AbortController()];
		const asked = controllers.map(({ signal }) => sandbox.ask({ ...asking({ a: slow }, snapshot), signal }));
		const began = performance.now();
		setTimeout(() => {
			for (const each of controllers) each.abort();
		}, 100);
		for (const result of await Promise.allSettled(asked))
			expect(result).toMatchObject({ status: 'rejected', reason: expect.any(Stopped) });
		expect(performance.now() - began).toBeLessThan(3000);
		expect(await rows('select 6 as n')).toEqual([{ n: 6 }]);
	});

	test('of a snapshot that is not there says so', async () => {
		const gone = { figures: join(folder, 'gone.duckdb'), births: null };
		await expect(sandbox.ask(asking({ a: 'select 1 as n' }, gone))).rejects.toThrow('gone.duckdb');
		expect(await rows('select 7 as n')).toEqual([{ n: 7 }]);
	});
});
