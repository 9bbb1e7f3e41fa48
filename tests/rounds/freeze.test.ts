import { existsSync, readdirSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { wholeNation } from '#lib/access/scope.ts';
import { flagsOf } from '#lib/server/figures/flags.ts';
import { FrozenDamaged } from '#lib/server/rounds/frozen-folder.ts';
import { frozenRegister } from '#lib/server/rounds/frozen-register.ts';
import { editionFolder } from '#lib/server/rounds/frozen-folder.ts';
import { freeze, NoSuchRound, ReasonNeeded, TooEarly } from '#lib/server/rounds/freeze.ts';
import { roundView, type Edition } from '#lib/server/rounds/edition.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { findRound } from '#lib/server/rounds/rounds.ts';
import { anna, evening } from './fresh-rounds.ts';
import { fileOf, round, sampleCountry, send, today } from './sample-round.ts';

let country: Awaited<ReturnType<typeof sampleCountry>>;
let rounds: Rounds;
let first: Edition;
const anyRow = z.record(z.string(), z.unknown());
const folderOf = (edition: number) => join(editionFolder(rounds, round, edition), 'frozen');

beforeAll(async () => {
	country = await sampleCountry();
	rounds = openRounds(country.folder);
	first = await freeze(country.register, rounds, round, anna, evening, today);
}, 120_000);
afterAll(async () => {
	rounds.close();
	await country.remove();
});

test('a round is frozen with what it is made of, and its reports wait', () => {
	expect(first).toMatchObject({
		round,
		number: 1,
		reason: null,
		state: 'frozen',
		frozenAt: evening,
		frozenBy: 'Anna Öst',
		held: { period: { from: '2026-01', to: '2026-06' }, cutOff: '2026-09-01', sentOn: '2026-09-09' },
		versions: { entry: 26 }
	});
	expect(first.versions.definition).toMatch(/^[0-9a-f]{64}$/);
	const waiting = rounds.db
		.prepare(`select state, count(*) as n from report where edition = 1 group by 1`)
		.all();
	// Sollefteå has been closed since 2017; the others delivered at least in a part of the period
	expect(waiting).toEqual([expect.objectContaining({ state: 'waiting', n: expect.any(Number) })]);
	const subjects = rounds.db
		.prepare('select distinct subject from report order by 1')
		.all()
		.map((r) => r.subject);
	expect(subjects).toContain('sodersjukhuset');
	expect(subjects).toContain('lycksele');
	expect(subjects).not.toContain('solleftea');
	expect(waiting[0]?.n).toBe(4 * subjects.length);
	expect(findRound(rounds, round, today)?.state).toBe('frozen');
});

test('frozen figures judge as the register does, to the day, though they hold no births', async () => {
	const frozen = await frozenRegister(country.definition, folderOf(1), first.frozenSha256);
	try {
		const view = roundView(first.held);
		const told = await flagsOf(wholeNation, frozen, view);
		expect(told).toEqual(await flagsOf(wholeNation, country.register, view));
		expect(told).toContainEqual(
			expect.objectContaining({
				unit: 'sodersjukhuset',
				since: expect.objectContaining({ day: '2026-04-13' })
			})
		);
		await expect(flagsOf(wholeNation, frozen, { ...view, asOf: '2026-08-30' })).rejects.toThrow('2026-08-30');
		const births = await frozen.db.rows(anyRow, 'select 1 as one from birth_version');
		expect(births).toEqual([]);
		await expect(frozen.db.run(`select * from read_text('package.json')`)).rejects.toThrow(/disabled/);
	} finally {
		frozen.db.close();
	}
});

test('what comes after the cut-off changes nothing in what is frozen, whenever that is done', async () => {
	await send(country.register, 'danderyd', fileOf(2026, 5), '2026-09-02');
	const again = await freeze(
		country.register,
		rounds,
		round,
		null,
		evening,
		today,
		'  Danderyd asked 19121212-1212 '
	);
	expect(again).toMatchObject({ number: 2, reason: 'Danderyd asked …', frozenBy: 'Bortfall' });
	const hashes = async (edition: number) =>
		JSON.parse(await readFile(join(folderOf(edition), 'versions.json'), 'utf8'));
	const [before, after] = [await hashes(1), await hashes(2)];
	expect(after.files).toEqual(before.files);
	expect([before.versions.entry, after.versions.entry]).toEqual([26, 27]);
});

test('neither senders, births nor identity numbers are frozen', async () => {
	const frozen = await frozenRegister(country.definition, folderOf(1));
	const senders = await frozen.db.rows(anyRow, 'select distinct sender, file_name from submission');
	expect(senders).toEqual([{ sender: '{}', file_name: '' }]);
	frozen.db.close();
	for (const name of readdirSync(folderOf(1)))
		expect((await readFile(join(folderOf(1), name))).includes('Provgatan'), name).toBe(false);
});

test.for([
	['2026-09', '2026-09-01', TooEarly],
	['2026-12', '2026-09-02', TooEarly],
	['2026-08', today, NoSuchRound],
	['1999-09', today, NoSuchRound],
	['../..', today, NoSuchRound]
] as const)('the round %s is not frozen on %s', async ([id, day, kind]) => {
	await expect(freeze(country.register, rounds, id, anna, evening, day)).rejects.toThrow(kind);
});

test.for([undefined, '', ' \n'])('another edition is not frozen without its reason (%j)', async (reason) => {
	await expect(freeze(country.register, rounds, round, anna, evening, today, reason)).rejects.toThrow(
		ReasonNeeded
	);
});

test('editions that are frozen at once get a number each', async () => {
	const made = await Promise.all(
		['a', 'b'].map((reason) => freeze(country.register, rounds, round, anna, evening, today, reason))
	);
	expect(new Set(made.map(({ number }) => number))).toEqual(new Set([3, 4]));
	expect(new Set(made.map(({ reason }) => reason))).toEqual(new Set(['a', 'b']));
});

test('what a process that died has left is no edition, and in nobody’s way', async () => {
	for (const left of [5, '5.new']) {
		await mkdir(join(country.folder, 'rounds', round, String(left), 'frozen'), { recursive: true });
		await writeFile(
			join(country.folder, 'rounds', round, String(left), 'frozen', 'cube_birth.parquet'),
			'half'
		);
	}
	const made = await freeze(country.register, rounds, round, anna, evening, today, 'again');
	expect(made.number).toBe(5);
	(await frozenRegister(country.definition, folderOf(5), made.frozenSha256)).db.close();
	expect(existsSync(join(country.folder, 'rounds', round, '5.new'))).toBe(false);
});

test('what was frozen and is not as it was written is not used', async () => {
	const made = await freeze(country.register, rounds, round, anna, evening, today, 'to be damaged');
	const folder = folderOf(made.number);
	await expect(frozenRegister(country.definition, folder, 'another')).rejects.toThrow(FrozenDamaged);
	await appendFile(join(folder, 'cube_form.parquet'), 'x');
	await expect(frozenRegister(country.definition, folder, made.frozenSha256)).rejects.toThrow(
		'cube_form.parquet'
	);
});

test('a round that is not sent has no reports of units', async () => {
	await freeze(country.register, rounds, '2026-05', anna, evening, today);
	expect(rounds.db.prepare(`select * from report where round = '2026-05' and kind = 'unit'`).all()).toEqual(
		[]
	);
});
