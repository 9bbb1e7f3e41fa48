import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { freeze } from '#lib/server/rounds/freeze.ts';
import { making, secondsLeft, type MakingJob, type Progress } from '#lib/server/rounds/making.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { allReports } from '#lib/server/rounds/reports.ts';
import { findEdition } from '#lib/server/rounds/rounds.ts';
import { anna, evening } from './fresh-rounds.ts';
import { round, sampleCountry, today } from './sample-round.ts';

let country: Awaited<ReturnType<typeof sampleCountry>>;
let rounds: Rounds;
const errors: unknown[] = [];
const job = (): MakingJob =>
	making({
		rounds: () => rounds,
		register: () => Promise.resolve(country.register),
		now: () => evening,
		pool: () => createPdfPool(1),
		onError: (error) => errors.push(error)
	});

/** Waits until what is told of an edition is so. */
async function until(
	made: MakingJob,
	edition: number,
	isSo: (progress: Progress) => boolean
): Promise<Progress> {
	for (;;) {
		const progress = made.progress(round, edition);
		if (progress && isSo(progress)) return progress;
		await after(20);
	}
}

beforeAll(async () => {
	country = await sampleCountry();
	rounds = openRounds(country.folder);
	for (const reason of [undefined, 'second', 'third'])
		await freeze(country.register, rounds, round, anna, evening, today, reason);
}, 60_000);
afterAll(async () => {
	await closeDesk();
	rounds.close();
	await country.remove();
});

test('a making tells how far it has come, and goes on after a restart where it stood', async () => {
	const first = job();
	expect(first.progress(round, 1)).toMatchObject({ done: 0, failed: 0, underWay: false, secondsLeft: null });
	expect(first.progress(round, 9)).toBeUndefined();
	first.start(round, 1);
	first.start(round, 1);
	expect(first.progress(round, 1)?.underWay).toBe(true);
	const partly = await until(first, 1, ({ done, secondsLeft: left }) => done >= 8 && left !== null);
	expect(partly.done).toBeLessThan(partly.total);
	expect(partly.secondsLeft).toBeGreaterThan(0);
	await first.stop();
	first.start(round, 2);
	expect(first.progress(round, 2)?.underWay).toBe(false);
	const stopped = first.progress(round, 1);
	expect(stopped).toMatchObject({ underWay: false, failed: 0, fault: null });

	const second = job();
	second.goOn();
	expect(second.progress(round, 1)).toMatchObject({ underWay: true });
	expect(second.progress(round, 2)).toMatchObject({ underWay: false });
	const ended = await until(second, 1, ({ underWay }) => !underWay);
	expect(ended).toMatchObject({ done: ended.total, failed: 0, secondsLeft: null });
	expect(findEdition(rounds, round, 1)?.state).toBe('made');
	const third = job();
	third.goOn();
	expect(third.progress(round, 1)?.underWay).toBe(false);
}, 60_000);

test('editions are made one after the other', async () => {
	const made = job();
	made.start(round, 2);
	made.start(round, 3);
	await until(made, 2, ({ done }) => done > 0);
	expect(made.progress(round, 3)).toMatchObject({ done: 0, underWay: true, secondsLeft: null });
	await until(made, 3, ({ done }) => done > 0);
	expect(made.progress(round, 2)).toMatchObject({ underWay: false });
	await made.stop();
	expect(findEdition(rounds, round, 2)?.state).toBe('made');
}, 60_000);

test('what ends a making is told, and it does not begin again by itself', async () => {
	const edition = await freeze(country.register, rounds, round, anna, evening, today, 'no room');
	// a file lies where the folder of the reports would be
	await writeFile(join(country.folder, 'rounds', round, String(edition.number), 'reports'), '');
	const made = job();
	made.start(round, edition.number);
	const ended = await until(made, edition.number, ({ underWay }) => !underWay);
	expect(ended).toMatchObject({ done: 0, failed: 0, fault: expect.stringContaining('EEXIST') });
	expect(errors).toHaveLength(1);
	const again = job();
	again.goOn();
	expect(again.progress(round, edition.number)?.underWay).toBe(false);
	await Promise.all([made.stop(), again.stop()]);
});

test('the time left follows from the pace, once there is one', () => {
	const begunAt = performance.now() - 10_000;
	const asked = { round, edition: 1, begunAt, doneBefore: 20 };
	expect(secondsLeft(asked, { done: 24, total: 120, failed: 0 })).toBeNull();
	expect(secondsLeft({ ...asked, begunAt: null }, { done: 60, total: 120, failed: 0 })).toBeNull();
	// 40 files in ten seconds, 60 to go
	expect(secondsLeft(asked, { done: 60, total: 120, failed: 0 })).toBeGreaterThanOrEqual(15);
	expect(secondsLeft(asked, { done: 60, total: 120, failed: 0 })).toBeLessThanOrEqual(16);
});

test('units of which nothing has come, and units that opened or closed in the period, have a report that says so', () => {
	const openings = new Map(
		allReports(rounds, round, 1)
			.filter(({ kind, locale }) => kind === 'unit' && locale === 'sv')
			.map(({ of, opening }) => [of, opening])
	);
	expect(openings.get('lycksele')).toMatch(/^Lycksele lasarett har inte rapporterat några födslar än\./);
	expect(openings.get('ystad')).toMatch(/^46 födslar .* Enheten öppnade 15 april 2026, så/);
	expect(openings.get('norrkoping')).toMatch(/^40 födslar .* de sista förlossningarna 28 februari 2026, så/);
	expect(openings.has('solleftea')).toBe(false);
});
