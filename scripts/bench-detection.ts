/**
 * Measures how well faults are found in national registers with planted faults, and how often something is flagged
 * where nothing is wrong, and prints tables: npm run bench:detection
 *
 *     node scripts/bench-detection.ts [--registers 200] [--faults 12] [--from 1] [--minutes 30]
 *
 * So many registers with faults and as many without (fewer, if the minutes are over), drawn as counts with the demo's rates; see docs/detection.md.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { drawnVariables } from './bench/detection/rates.ts';
import { nothingScored, scoreRegister, together, type Scored } from './bench/detection/score.ts';
import { tablesOf } from './bench/detection/tables.ts';

type Work = { seeds: number[]; faults: number; until: number };

async function score({ seeds, faults, until }: Work): Promise<Scored> {
	const d = await loadDefinition('data/mfr');
	const variables = drawnVariables(d);
	const units = d.units.filter((u) => u.active.some(({ to }) => to === undefined));
	const scored = nothingScored();
	for (const seed of seeds) {
		if (Date.now() > until) break;
		scoreRegister(d, units, variables, seed, faults, scored);
		scoreRegister(d, units, variables, -seed, 0, scored);
	}
	return scored;
}

if (isMainThread) {
	const { values: o } = parseArgs({
		options: {
			registers: { type: 'string', default: '200' },
			faults: { type: 'string', default: '12' },
			from: { type: 'string', default: '1' },
			minutes: { type: 'string', default: '30' }
		}
	});
	const seeds = Array.from({ length: Number(o.registers) }, (_, at) => Number(o.from) + at);
	const workers = Math.min(2, cpus().length);
	const parts = await Promise.all(
		Array.from({ length: workers }, (_, place) => {
			const work: Work = {
				seeds: seeds.filter((_seed, at) => at % workers === place),
				faults: Number(o.faults),
				until: Date.now() + 60_000 * Number(o.minutes)
			};
			return new Promise<Scored>((resolve, reject) => {
				const worker = new Worker(new URL(import.meta.url), { workerData: work });
				worker.once('message', resolve);
				worker.once('error', reject);
			});
		})
	);
	console.log(tablesOf(parts.reduce(together)));
} else parentPort?.postMessage(await score(workerData as Work));
