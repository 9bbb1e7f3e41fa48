import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openRounds, roundsName, type Rounds, type RoundSettings } from './open.ts';

type Served = { rounds: Rounds; file: number };

// kept where a hot reload of this module finds it again
const kept = globalThis as typeof globalThis & { bortfallRounds?: Served };

/**
 * The rounds that this process serves, opened the first time they are asked for, and again when another file lies in
 * their place: a backup that was restored while the server runs.
 */
export function servedRounds(folder: string, settings: RoundSettings): Rounds {
	const served = kept.bortfallRounds;
	if (served && served.file === fileIn(folder)) return served.rounds;
	served?.rounds.close();
	const rounds = openRounds(folder, settings);
	kept.bortfallRounds = { rounds, file: fileIn(folder) ?? 0 };
	return rounds;
}

const fileIn = (folder: string) => statSync(join(folder, roundsName), { throwIfNoEntry: false })?.ino;

/** Closes the served rounds. */
export function closeServedRounds(): void {
	kept.bortfallRounds?.rounds.close();
	delete kept.bortfallRounds;
}
