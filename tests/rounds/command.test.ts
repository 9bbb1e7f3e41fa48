import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFeedback, roundsHeldIn } from '#lib/period/round.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister } from '#lib/server/register/open.ts';

let folder: string;
const data = () => join(folder, 'data');
const register = () => join(folder, 'register');

/** The last round that can be frozen, and the first that cannot: the command reads the clock. */
const now = new Date();
const yesterday = new Date(now.getTime() - 36 * 60 * 60_000).toISOString().slice(0, 10);
const held = [-1, 0, 1].flatMap((year) => roundsHeldIn(now.getUTCFullYear() + year)).filter(isFeedback);
const past = held.findLast(({ cutOff }) => cutOff < yesterday)?.heldIn ?? '';
const ahead = held.find(({ cutOff }) => cutOff > now.toISOString())?.heldIn ?? '';

async function command(parts: string[], settings: Record<string, string> = {}) {
	const all = [...parts, '--data', data(), '--register', register()];
	const child = spawn(process.execPath, ['scripts/round.ts', ...all], {
		env: { ...process.env, BORTFALL_TWO_PEOPLE: 'no', ...settings }
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
	const [status] = await once(child, 'close');
	return { status, said };
}

/** A register of two units of which nothing has come. */
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'round-command-'));
	await cp('data/mfr', register(), { recursive: true });
	const units = (await readFile('data/mfr/units.csv', 'utf8')).split('\n');
	const few = units.filter((line) => /^(id|danderyd|karlstad),/.test(line));
	await writeFile(join(register(), 'units.csv'), `${few.join('\n')}\n`);
	(await openRegister(data(), await loadDefinition(register()))).db.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

test('a round is frozen, made and released by the command, and listed', async () => {
	const made = await command([past, '--make']);
	expect(made.said).toContain(`Edition 1 of ${past} is frozen`);
	expect(made.said).toMatch(/(\d+) of \1 files of edition 1 of .* are made, in/);
	expect(made.status).toBe(0);
	expect((await command([past, '--make'])).said).toMatch(
		/^(\d+) of \1 files of edition 1 of \d{4}-\d\d are made\.\n$/
	);
	expect((await command([past, '--release'])).said).toBe(`Edition 1 of ${past} is released.\n`);
	expect(await command([past, '--release'])).toMatchObject({
		status: 2,
		said: expect.stringContaining('not released')
	});
	const listed = (await command([past, '--list'])).said;
	expect(listed).toMatch(
		/released, edition 1, (\d+) of \1 files\n {2}edition 1: released, frozen .* by Bortfall/
	);
	expect((await command(['--list'])).said).toContain(`${ahead}  `);
}, 60_000);

test('a correction is a new edition with its reason, and where two people have to approve it a command is one', async () => {
	const made = await command([past, '--make', '--reason', 'Karlstad sent a wrong file']);
	expect(made.said).toContain(`Edition 2 of ${past} is frozen`);
	expect((await command([past, '--list'])).said).toContain(': Karlstad sent a wrong file\n');
	const settings = { BORTFALL_TWO_PEOPLE: 'yes' };
	expect((await command([past, '--release'], settings)).said).toContain('one more person');
	expect(await command([past, '--release'], settings)).toMatchObject({ status: 2 });
}, 60_000);

test('what cannot be done is said in a sentence', async () => {
	const refused: [parts: string[], status: number, said: RegExp][] = [
		[[ahead, '--make'], 1, /^The round .* can be frozen from .* on\.\n$/],
		[['2026-07', '--make'], 1, /^There is no round 2026-07/],
		[[ahead, '--release'], 2, /no edition yet/],
		[['--make'], 2, /./],
		[['--reason', 'x', past], 2, /./]
	];
	// none of them changes anything: they run side by side
	const answers = await Promise.all(refused.map(([parts]) => command(parts)));
	for (const [at, [parts, status, said]] of refused.entries())
		expect(answers[at], parts.join(' ')).toEqual({ status, said: expect.stringMatching(said) });
}, 60_000);
