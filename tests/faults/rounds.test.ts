import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults, makeGround, playRound, type Ground, type Round } from '../../scripts/fault/round.ts';

const rounds = 50;
/** Each has a process of its own to hit, which waits for the disk as often as for a core. */
const atOnce = 2;

let ground: Ground;
const played: Round[] = [];
beforeAll(async () => (ground = await makeGround()));
afterAll(async () => {
	await ground.end();
	const skipped = played.filter(({ outcome }) => outcome === 'skipped').length;
	if (skipped)
		console.warn(`${skipped} of ${rounds} rounds were skipped: this user may not make a small disk.`);
});

test(`in ${rounds} rounds of faults nothing acknowledged is lost, and every figure follows from the originals`, async () => {
	const seeds = Array.from({ length: rounds }, (_, seed) => seed);
	const lost: string[] = [];
	const line = async () => {
		for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
			await playRound(ground, seed).then(
				(round) => played.push(round),
				(error: unknown) => lost.push(String(error))
			);
	};
	await Promise.all(Array.from({ length: atOnce }, line));
	expect(lost).toEqual([]);
	expect(new Set(played.map(({ fault }) => fault))).toEqual(new Set(faults));
	// the faults were felt: a log that is cut makes the start name its command
	expect(played.some(({ outcome }) => outcome === 'mended')).toBe(true);
	expect(played.some(({ outcome }) => outcome === 'started')).toBe(true);
	// a process whose disk is full ends with the reason; the others are killed
	const full = played.filter(({ fault, outcome }) => fault === 'disk full' && outcome !== 'skipped');
	if (full.length) expect(full.some(({ end }) => /No space left|ENOSPC/.test(end ?? ''))).toBe(true);
	for (const { fault, end } of played) if (fault !== 'disk full') expect(end).toBeUndefined();
}, 300_000);
