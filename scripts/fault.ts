/**
 * Hits registers with faults and checks after each that nothing acknowledged is lost, nothing is there in part, and
 * every figure is as the originals make it:
 *
 *     npm run fault -- --rounds N [--seed S]
 *
 * A round's faults follow from its seed: a failed one is played again with --rounds 1 --seed S. The rounds with a
 * full disk need a user who may mount a small one, and are skipped and counted otherwise.
 */
import { parseArgs } from 'node:util';
import { makeGround, playRound, type Round } from './fault/round.ts';

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '0' } }
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (![rounds, seed].every((n) => Number.isSafeInteger(n) && n >= 0)) {
	console.error('--rounds and --seed are whole numbers.');
	process.exit(2);
}
const ground = await makeGround();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void ground.end().finally(() => process.exit(1)));
const outcomes: Record<Round['outcome'] | 'lost', number> = { started: 0, mended: 0, skipped: 0, lost: 0 };
try {
	for (let n = seed; n < seed + rounds; n++) {
		try {
			const round = await playRound(ground, n);
			outcomes[round.outcome]++;
			console.log(`${n} ${round.outcome}: ${round.fault}, ${round.told}`);
		} catch (error) {
			outcomes.lost++;
			console.error(error);
		}
	}
} finally {
	await ground.end();
}
const { started, mended, skipped, lost } = outcomes;
console.log(
	`${rounds} rounds: ${started} started by themselves, ${mended} by the command that the start named, ${skipped} skipped, ${lost} with a loss.`
);
if (lost) process.exitCode = 1;
