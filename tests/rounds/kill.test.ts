import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { editionFolder } from '#lib/server/rounds/frozen-folder.ts';
import { freeze } from '#lib/server/rounds/freeze.ts';
import { begunEditions, countsOf, makeReports } from '#lib/server/rounds/make.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { allReports } from '#lib/server/rounds/reports.ts';
import { findEdition } from '#lib/server/rounds/rounds.ts';
import { sha256 } from '#lib/server/rounds/versions.ts';
import { anna, evening } from './fresh-rounds.ts';
import { round, sampleCountry, today } from './sample-round.ts';

let country: Awaited<ReturnType<typeof sampleCountry>>;
let rounds: Rounds;

beforeAll(async () => {
	country = await sampleCountry();
	rounds = openRounds(country.folder);
	for (const reason of [undefined, 'made in one go'])
		await freeze(country.register, rounds, round, anna, evening, today, reason);
}, 60_000);
afterAll(async () => {
	await closeDesk();
	rounds.close();
	await country.remove();
});

/** Makes the first edition in a process of its own, which is killed after so many reports; gives how many it told of. */
async function killedAfter(reports: number): Promise<number> {
	const child = spawn(process.execPath, ['tests/rounds/making-child.ts', country.folder, round, '1'], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = once(child, 'exit');
	let told = 0;
	for await (const line of createInterface({ input: child.stdout })) {
		if (!/^\d+ of \d+$/.test(line) || told++ < reports) continue;
		// not always between two reports
		await after(reports * 13);
		child.kill('SIGKILL');
		break;
	}
	await ended;
	return told;
}

/** The files that are called made, each with when it was written. */
const madeFiles = () =>
	new Map(
		allReports(rounds, round, 1)
			.filter(({ state }) => state === 'made')
			.map(({ path }) => [path, statSync(join(country.folder, path)).mtimeMs])
	);

test('killed while it makes reports, it makes just the rest when it is started again', async () => {
	let before = madeFiles();
	expect(before.size).toBe(0);
	for (const reports of [1, 3, 5]) {
		await killedAfter(reports);
		const now = madeFiles();
		expect(now.size).toBeGreaterThan(before.size);
		for (const [path, written] of before) expect(now.get(path), path).toBe(written);
		expect(begunEditions(rounds)).toEqual([{ round, number: 1 }]);
		before = now;
	}
	const { total } = countsOf(rounds, round, 1);
	const told = await killedAfter(Infinity);
	// one line at the start, and one for each of the two files of a report that was left
	expect(told).toBe(1 + (total - before.size) / 2);
	const last = madeFiles();
	for (const [path, written] of before) expect(last.get(path), path).toBe(written);
	expect(last.size).toBe(total);
	expect(findEdition(rounds, round, 1)?.state).toBe('made');
	expect(begunEditions(rounds)).toEqual([]);
}, 120_000);

test('no report is in the list twice, none is half, and all are as if nobody had been killed', async () => {
	const pool = createPdfPool(2);
	await makeReports(country.register, rounds, round, 2, { pool, now: () => evening });
	await pool.close();
	const [killed, whole] = [allReports(rounds, round, 1), allReports(rounds, round, 2)];
	expect(killed.map(({ of, locale, format, sha256: hash }) => [of, locale, format, hash])).toEqual(
		whole.map(({ of, locale, format, sha256: hash }) => [of, locale, format, hash])
	);
	expect(new Set(killed.map(({ path }) => path)).size).toBe(killed.length);
	for (const { path, sha256: hash } of killed)
		expect(sha256(await readFile(join(country.folder, path)))).toBe(hash);
	// what was being written when it was killed is no report
	const folder = join(editionFolder(rounds, round, 1), 'reports');
	const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(pdf|xlsx)$/.test(name));
	expect(files).toHaveLength(killed.length);
}, 60_000);
